internal import BTF
internal import Bytecode
internal import KernelInterface
internal import LinuxSystem

/// Writes descriptors, addresses and ids of the kernel into a program.
struct CodeResolution {
  let maps: [String: Map]
  let externs: [String: ExternValue]
  let context: LoadContext

  /// What instructions name maps by that are not created, and functions that are not there; the verifier refuses it
  /// when it can be reached, and the number shows in its log (libbpf's numbers).
  private static let missingMapCall: Int32 = 2_001_000_000
  private static let missingFunctionCall: Int32 = 2_002_000_000

  /// Resolves all references; answers the descriptors that instructions name by their places.
  func resolve(
    _ references: [CodeReference], in instructions: inout [Instruction], of program: String
  ) throws(LoadError) -> [CInt] {
    // Place 0 means the kernel's own types.
    var descriptors: [CInt] = []
    for reference in references {
      let place = reference.instruction
      let isWide = instructions.indices.contains(place) && instructions[place].isWide
      guard instructions.indices.contains(place), !isWide || instructions.indices.contains(place + 1) else {
        throw .badReference(program: program, "a reference lies outside the program, at instruction \(place)")
      }
      switch reference.target {
      case .map(let name):
        try requireWide(isWide, place, program)
        fillMap(name, .map, at: place, offset: 0, &instructions)
      case .mapValue(let name, let offset):
        try requireWide(isWide, place, program)
        guard let offset = Int32(exactly: offset) else {
          throw .badReference(program: program, "offset \(offset) in map '\(name)' is beyond 32 bits")
        }
        fillMap(name, .mapValue, at: place, offset: offset, &instructions)
      case .external(let name):
        try fillExtern(name, isWide, at: place, &instructions, &descriptors, program)
      case .function(let name), .functionAddress(let name):
        throw .badReference(program: program, "function '\(name)' was not linked, at instruction \(place)")
      }
    }
    return descriptors
  }

  private func requireWide(_ isWide: Bool, _ place: Int, _ program: String) throws(LoadError) {
    if !isWide { throw .badReference(program: program, "no wide load at instruction \(place), where one was expected") }
  }

  private func fillMap(
    _ name: String, _ kind: WideLoadKind, at place: Int, offset: Int32, _ instructions: inout [Instruction]
  ) {
    guard let map = maps[name] else {
      let index = context.spec.maps.firstIndex { $0.name == name } ?? 0
      for slot in place...(place + 1) {
        instructions[slot] = Instruction(
          opcode: Instruction.callOpcode, immediate: Self.missingMapCall &+ Int32(truncatingIfNeeded: index))
      }
      return
    }
    let number = map.descriptor.withNumber { $0 }
    instructions.setWide(at: place, kind, low: number, high: offset)
  }

  private func fillExtern(
    _ name: String, _ isWide: Bool, at place: Int, _ instructions: inout [Instruction], _ descriptors: inout [CInt],
    _ program: String
  ) throws(LoadError) {
    guard let value = externs[name] else { throw .unknownName(name, expected: "extern") }
    switch (value, isWide) {
    case (.address(let address), true):
      instructions.setWide(
        at: place, .number, low: Int32(truncatingIfNeeded: address), high: Int32(truncatingIfNeeded: address >> 32))
    case (.missingFunction, true): instructions.setWide(at: place, .number, low: 0, high: 0)
    case (.typed(let id, let module), true):
      let number = try module.map { (name) throws(LoadError) in try context.moduleNumber(name) } ?? 0
      instructions.setWide(at: place, .kernelVariable, low: Int32(bitPattern: id.rawValue), high: number)
    case (.typed(let id, let module), false):
      var index = 0
      if let module {
        let number = try context.moduleNumber(module)
        if descriptors.isEmpty { descriptors.append(number) }
        index = descriptors.dropFirst().firstIndex(of: number) ?? descriptors.count
        if index == descriptors.count { descriptors.append(number) }
      }
      instructions[place] = Instruction(
        opcode: Instruction.callOpcode, source: CallKind.kernelFunction.rawValue,
        offset: Int16(truncatingIfNeeded: index), immediate: Int32(bitPattern: id.rawValue))
    case (.missingFunction, false), (.address, false):
      let index = context.spec.externs.firstIndex { $0.name == name } ?? 0
      instructions[place] = Instruction(
        opcode: Instruction.callOpcode, immediate: Self.missingFunctionCall &+ Int32(truncatingIfNeeded: index))
    }
  }
}

extension Instruction {
  /// `BPF_JMP | BPF_CALL`.
  fileprivate static let callOpcode: UInt8 = 0x85
}

extension [Instruction] {
  /// Makes a wide load one of another kind, into the register that it has; its two slots are there.
  fileprivate mutating func setWide(at place: Int, _ kind: WideLoadKind, low: Int32, high: Int32) {
    self[place].registers = self[place].destinationField | kind.rawValue << 4
    self[place].immediate = low
    self[place + 1].immediate = high
  }
}
