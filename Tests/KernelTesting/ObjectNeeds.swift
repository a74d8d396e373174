public import BPF
internal import Bytecode
internal import KernelInterface
internal import Testing

extension ObjectSpec {
  /// Cancels the test where the running kernel lacks a type of program, a type of map, a helper or an instruction of the
  /// object.
  ///
  /// Each is tried; versions are not looked at. Absence that nothing explains fails the test.
  public func cancelWhereTheKernelLacksSomething() throws {
    if maps.contains(where: { $0.flags.contains(.link) }), !runs(6, 4) {
      SkipCount.shared.add("links of struct_ops come with Linux 6.4")
      try Test.cancel("links of struct_ops come with Linux 6.4")
    }
    for feature in needs {
      guard let absence = KernelFeatures.running.absence(of: feature) else { continue }
      if absence.cause == .unexplained { throw UnexplainedAbsence(description: absence.description) }
      SkipCount.shared.add(absence.description)
      try Test.cancel("\(absence.description)")
    }
  }

  private var needs: [KernelFeature] {
    var needs = maps.map { KernelFeature.map($0.type) }
    for program in programs where program.isLoaded {
      needs.append(
        .program(program.type, for: program.expectedAttachType, isSleepable: program.flags.contains(.sleepable)))
    }
    for function in functions {
      let program = programs.first { $0.name == function.name } ?? programs.first
      // Only iterators may print, and a helper is tried in one program of each type.
      guard let program, program.expectedAttachType != .traceIterator else { continue }
      // A call whose source register is 0 is one of a helper (RFC 9669, section 4.3).
      for instruction in function.instructions where instruction.opcode == 0x85 && instruction.sourceField == 0 {
        needs.append(.helper(HelperFunction(rawValue: instruction.immediate), in: program.type))
      }
      // Atomics are 0xc3 and 0xdb; those that fetch have bit 0 of the operation (section 5.3).
      if function.instructions.contains(where: { $0.opcode & 0xf7 == 0xc3 && $0.immediate & 1 != 0 }) {
        needs.append(.fetchingAtomics)
      }
    }
    return needs
  }
}
