internal import BTF
internal import Bytecode

extension ObjectSpec {
  /// A program put together: its entry, then every function that it calls or passes on as a callback.
  ///
  /// - Throws: ``ObjectError`` when the program or a function that it reaches is not in the object, or when it uses
  ///   something of another object that it was not linked with.
  /// - Complexity: O(instructions of the program and all functions).
  public func linked(_ program: ObjectProgram) throws(ObjectError) -> LinkedCode {
    var places: [String: Int] = [:]
    for (index, function) in functions.enumerated() { places[function.name] = index }
    guard let entry = places[program.name] else {
      throw ObjectError(.missing("the function of the program"), object: name, symbol: program.name)
    }
    var externals: [String: ExternSpec] = [:]
    for extern in externs { externals[extern.name] = extern }

    var code = LinkedCode(instructions: [])
    // The first slot of each function that has its place, by its index.
    var starts: [Int: Int] = [:]
    var calls: [(instruction: Int, function: Int)] = []
    var waiting = [entry]
    while let index = waiting.popLast() {
      if starts[index] != nil { continue }
      let function = functions[index]
      let start = code.instructions.count
      starts[index] = start
      code.functions.append(.init(offset: start, name: function.name, typeID: function.typeID))
      code.instructions += function.instructions
      for line in function.lines {
        var line = line
        line.instructionOffset += start * 8
        code.lines.append(line)
      }
      for relocation in function.relocations {
        var relocation = relocation
        relocation.instructionOffset += start * 8
        code.relocations.append(relocation)
      }
      for reference in function.references {
        let place = start + reference.instruction
        switch reference.target {
        case .function(let name), .functionAddress(let name):
          guard let target = places[name] else {
            throw ObjectError(
              .missing("the function '\(name)' that it calls"), object: self.name, section: function.sectionName,
              symbol: function.name, offset: reference.instruction * 8)
          }
          calls.append((place, target))
          waiting.append(target)
        case .external(let name):
          code.references.append(CodeReference(instruction: place, target: try resolve(name, externals, function)))
        case .map, .mapValue:
          code.references.append(CodeReference(instruction: place, target: reference.target))
        }
      }
    }
    for (instruction, function) in calls {
      guard let start = starts[function] else { continue }
      code.instructions.pointFunction(at: instruction, to: start)
    }
    return code
  }

  private func resolve(
    _ name: String, _ externals: [String: ExternSpec], _ function: FunctionSpec
  ) throws(ObjectError) -> CodeReference.Target {
    switch externals[name]?.kind {
    case .kernelVariable, .kernelFunction: return .external(name)
    case .configuration:
      guard let map = configurationMap, let extern = externals[name] else { break }
      return .mapValue(map: map.name, offset: extern.offset)
    case .otherObject, nil: break
    }
    throw ObjectError(
      .missing("'\(name)', which another object must define,"), object: self.name,
      section: function.sectionName, symbol: function.name)
  }
}

extension [Instruction] {
  /// Lets the call or wide load at `index` mean the function that begins at slot `start`.
  fileprivate mutating func pointFunction(at index: Int, to start: Int) {
    guard indices.contains(index) else { return }
    let distance = Int32(clamping: start - index - 1)
    if self[index].isWide {
      self[index] = Instruction(
        opcode: self[index].opcode, destination: self[index].destinationField, source: WideLoadKind.function.rawValue,
        immediate: distance)
    } else {
      self[index].immediate = distance
    }
  }
}
