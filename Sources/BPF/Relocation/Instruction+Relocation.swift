internal import BTF
internal import Bytecode

/// What writing a CO-RE resolution into an instruction came to.
enum RelocationEffect: Hashable, Sendable {
  case written
  case poisoned(PoisonedInstruction.Reason)
}

extension [Instruction] {
  /// Writes what a relocation comes to into the instruction at a slot.
  ///
  /// Arithmetic and moves bear the constant as their immediate, loads and stores as their offset, wide loads in both
  /// of their slots. Each must bear the constant of the object's own types before. Where the kernel's field has
  /// another size, a load or store becomes one of that size, if that means the same. What must not run is replaced
  /// by a call of a helper that no kernel has, which the verifier refuses unless it sees that it cannot be reached.
  ///
  /// Rules: libbpf's `bpf_core_patch_insn`.
  mutating func apply(
    _ resolution: COREResolution, at slot: Int
  ) throws(RelocationError.Reason) -> RelocationEffect {
    guard indices.contains(slot) else { throw .outsideOfCode(slot: slot, count: count) }
    guard case .value(let value) = resolution.outcome else {
      poison(slot)
      return .poisoned(.missing)
    }
    let instruction = self[slot]
    switch instruction.instructionClass {
    case .arithmetic32, .arithmetic64:
      guard !instruction.usesSourceRegister else { throw .wrongInstruction(instruction) }
      try check(UInt64(bitPattern: Int64(instruction.immediate)), is: resolution, bits: 32)
      // 64-bit arithmetic extends the sign, 32-bit arithmetic zeros: a constant must come out as it is.
      let isWide = instruction.instructionClass == .arithmetic64
      guard Int32(exactly: Int64(bitPattern: value)) != nil || !isWide && value <= UInt32.max else {
        throw .valueTooLarge(value, room: "an immediate of 32 bits")
      }
      self[slot].immediate = Int32(truncatingIfNeeded: value)
    case .loadRegister, .store, .storeRegister:
      try check(UInt64(bitPattern: Int64(instruction.offset)), is: resolution, bits: 16)
      if !resolution.isAccessSizeAdjustable {
        poison(slot)
        return .poisoned(
          .accessSize(original: resolution.originalAccessSize ?? 0, target: resolution.accessSize ?? 0))
      }
      guard let offset = Int16(exactly: value) else {
        throw .valueTooLarge(value, room: "an offset of 16 bits, with its sign")
      }
      if let original = resolution.originalAccessSize, let size = resolution.accessSize, original != size {
        guard let access = AccessSize(rawValue: instruction.opcode & 0x18), access.byteCount == original else {
          throw .wrongInstruction(instruction)
        }
        guard let adjusted = AccessSize(byteCount: size) else {
          throw .valueTooLarge(UInt64(size), room: "a load or store of 1, 2, 4 or 8 bytes")
        }
        self[slot].opcode = instruction.opcode & ~0x18 | adjusted.rawValue
      }
      self[slot].offset = offset
    case .load:
      guard instruction.isWide, instruction.sourceField == WideLoadKind.number.rawValue, slot + 1 < count else {
        throw .wrongInstruction(instruction)
      }
      let upper = UInt64(UInt32(bitPattern: self[slot + 1].immediate)) << 32
      let found = upper | UInt64(UInt32(bitPattern: instruction.immediate))
      try check(found, is: resolution, bits: 64)
      self[slot].immediate = Int32(truncatingIfNeeded: value)
      self[slot + 1].immediate = Int32(truncatingIfNeeded: value >> 32)
    case .jump, .jump32: throw .wrongInstruction(instruction)
    }
    return .written
  }

  /// Checks that the instruction bears the constant of the object's own types, in its lowest `bits`.
  private func check(
    _ found: UInt64, is resolution: COREResolution, bits: UInt64
  ) throws(RelocationError.Reason) {
    guard resolution.isOriginalValueCertain else { return }
    let mask: UInt64 = bits == 64 ? .max : (1 << bits) &- 1
    guard found & mask == resolution.originalValue & mask else {
      throw .unexpectedValue(found: found & mask, expected: resolution.originalValue)
    }
  }

  /// Replaces an instruction, with both slots of a wide load, by calls of a helper that does not exist.
  private mutating func poison(_ slot: Int) {
    let isWide = self[slot].isWide
    let call = Instruction(opcode: 0x85, immediate: PoisonedInstruction.helper)
    self[slot] = call
    if isWide, slot + 1 < count { self[slot + 1] = call }
  }
}
