import BTF
import Bytecode
import Testing

@testable import BPF

/// Constants of a kernel, written into instructions.
@Suite struct InstructionRelocationTests {
  private func resolution(
    _ outcome: COREResolution.Outcome, from original: UInt64, certain: Bool = true,
    sizes: (original: Int, target: Int)? = nil, adjustable: Bool = true
  ) -> COREResolution {
    COREResolution(
      relocation: CORERelocation(instructionOffset: 0, type: TypeID(1), access: "0:1", kind: .fieldByteOffset),
      path: "struct s.a", originalValue: original, isOriginalValueCertain: certain, outcome: outcome,
      originalAccessSize: sizes?.original, accessSize: sizes?.target, isAccessSizeAdjustable: adjustable)
  }

  @Test func immediates() throws {
    var code: [Instruction] = [.move(.r1, 8), .arithmetic(.add, .r1, 8), .exit]
    #expect(try code.apply(resolution(.value(2000), from: 8), at: 0) == .written)
    #expect(try code.apply(resolution(.value(UInt64(bitPattern: -3)), from: 8), at: 1) == .written)
    #expect(code == [.move(.r1, 2000), .arithmetic(.add, .r1, -3), .exit])
    #expect(throws: RelocationError.Reason.unexpectedValue(found: 2000, expected: 8)) {
      try code.apply(resolution(.value(1), from: 8), at: 0)
    }
    #expect(try code.apply(resolution(.value(1), from: 8, certain: false), at: 0) == .written)
    #expect(throws: RelocationError.Reason.valueTooLarge(1 << 40, room: "an immediate of 32 bits")) {
      try code.apply(resolution(.value(1 << 40), from: 1), at: 0)
    }
    let copy = Instruction.move(.r1, .r2)
    var other = [copy]
    #expect(throws: RelocationError.Reason.wrongInstruction(copy)) {
      try other.apply(resolution(.value(1), from: 0), at: 0)
    }
    #expect(throws: RelocationError.Reason.outsideOfCode(slot: 7, count: 1)) {
      try other.apply(resolution(.value(1), from: 0), at: 7)
    }
  }

  @Test func offsetsAndAccessSizes() throws {
    let load = Instruction.load(.doubleWord, .r1, from: .r2, offset: 16)
    let stores = [
      Instruction.store(.doubleWord, .r1, to: .r2, offset: 16), .store(.doubleWord, 7, to: .r2, offset: 16),
    ]
    var code = [load] + stores
    for slot in code.indices {
      let change = resolution(.value(1000), from: 16, sizes: (8, 4))
      #expect(try code.apply(change, at: slot) == .written)
    }
    #expect(
      code == [
        .load(.word, .r1, from: .r2, offset: 1000), .store(.word, .r1, to: .r2, offset: 1000),
        .store(.word, 7, to: .r2, offset: 1000),
      ])
    code = [load]
    #expect(throws: RelocationError.Reason.valueTooLarge(40_000, room: "an offset of 16 bits, with its sign")) {
      try code.apply(resolution(.value(40_000), from: 16), at: 0)
    }
    #expect(throws: RelocationError.Reason.valueTooLarge(12, room: "a load or store of 1, 2, 4 or 8 bytes")) {
      try code.apply(resolution(.value(8), from: 16, sizes: (8, 12)), at: 0)
    }
    // The instruction reads four bytes of a field of eight: its size says nothing about the field.
    #expect(throws: RelocationError.Reason.wrongInstruction(load)) {
      try code.apply(resolution(.value(8), from: 16, sizes: (4, 8)), at: 0)
    }
    #expect(code == [load])
    let refused = resolution(.value(8), from: 16, sizes: (8, 4), adjustable: false)
    #expect(try code.apply(refused, at: 0) == .poisoned(.accessSize(original: 8, target: 4)))
    #expect(code[0].opcode == 0x85 && code[0].immediate == PoisonedInstruction.helper)
  }

  @Test func wideLoads() throws {
    var code = Instruction.wideLoad(.r1, -2) + [.exit]
    #expect(try code.apply(resolution(.value(1 << 40 | 5), from: UInt64(bitPattern: -2)), at: 0) == .written)
    #expect(code == Instruction.wideLoad(.r1, 1 << 40 | 5) + [.exit])
    #expect(try code.apply(resolution(.missing, from: 0), at: 0) == .poisoned(.missing))
    #expect(code.prefix(2).allSatisfy { $0.description == "(85) call unknown#195896080" })
    var map = Instruction.wideLoad(.r1, .map, low: 5)
    #expect(throws: RelocationError.Reason.wrongInstruction(map[0])) {
      try map.apply(resolution(.value(1), from: 5), at: 0)
    }
  }
}
