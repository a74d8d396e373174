public import BTF

/// A program whose constants are those of a kernel.
public struct RelocatedCode: Hashable, Sendable {
  /// The program; its relocations are done, and listed no more.
  public var code: LinkedCode
  /// The instructions that must not run, in the order of the program.
  public var poisoned: [PoisonedInstruction]
}

extension COREResolver {
  /// Writes the kernel's offsets, sizes and values into programs of one object.
  ///
  /// They belong together, for a local type must mean the same kernel type in all of them: give all the programs that
  /// will be loaded.
  ///
  /// - Parameter types: the object's own types, which the resolver was made with.
  /// - Returns: the programs in their order.
  /// - Throws: the first relocation that has no answer or an ambiguous one, or does not fit its instruction.
  public mutating func relocate(
    _ programs: [LinkedCode], of types: TypeGraph
  ) throws(RelocationError) -> [RelocatedCode] {
    let resolutions: [COREResolution]
    do throws(CORERelocationError) {
      resolutions = try resolve(programs.flatMap(\.relocations))
    } catch {
      throw Self.located(error, in: programs, of: types)
    }
    var next = resolutions.makeIterator()
    var relocated: [RelocatedCode] = []
    for program in programs {
      var result = RelocatedCode(code: program, poisoned: [])
      result.code.relocations = []
      for relocation in program.relocations {
        guard let resolution = next.next() else { break }
        let slot = relocation.instructionOffset / 8
        let function = program.function(ofInstruction: slot)
        let place = program.source(ofInstruction: slot, in: types)
        do throws(RelocationError.Reason) {
          guard case .poisoned(let reason) = try result.code.instructions.apply(resolution, at: slot) else { continue }
          result.poisoned.append(
            PoisonedInstruction(
              instruction: slot, path: resolution.path, kind: relocation.kind.name, function: function, place: place,
              reason: reason))
        } catch {
          throw RelocationError(
            function: function, place: place, path: resolution.path, kind: relocation.kind.name, reason: error)
        }
      }
      relocated.append(result)
    }
    return relocated
  }

  /// The error with the place of its relocation.
  private static func located(
    _ error: CORERelocationError, in programs: [LinkedCode], of types: TypeGraph
  ) -> RelocationError {
    let slot = error.relocation.instructionOffset / 8
    let program = programs.first { $0.relocations.contains(error.relocation) }
    return RelocationError(
      function: program?.function(ofInstruction: slot), place: program?.source(ofInstruction: slot, in: types),
      path: error.path, kind: error.relocation.kind.name, reason: .unresolvable(error.reason))
  }
}
