import Bytecode
import Testing

@Suite struct InstructionTests {
  @Test func encodesFieldsInTheirPlaces() {
    let store = Instruction.store(.word, .r3, to: .r10, offset: -4)
    #expect([store].encoded() == [0x63, 0x3a, 0xfc, 0xff, 0, 0, 0, 0])
    #expect(Instruction(encoded: store.encoded) == store)
    #expect([Instruction.move(.r0, -1)].encoded() == [0xb7, 0, 0, 0, 0xff, 0xff, 0xff, 0xff])
  }

  @Test func wideLoadTakesTwoSlots() throws {
    let slots = Instruction.wideLoad(.r2, 0x1122_3344_5566_7788)
    #expect(slots.map(\.immediate) == [0x5566_7788, 0x1122_3344])
    #expect(try [Instruction](decoding: slots.encoded()) == slots)
    #expect(slots.listing() == ["   0: (18) r2 = 0x1122334455667788"])
  }

  @Test(arguments: [
    (Instruction.move(.r6, .r1), "(bf) r6 = r1"),
    (.move(.r6, .r1, width: .bits32), "(bc) w6 = w1"),
    (.move(.r0, -1), "(b7) r0 = -1"),
    (.moveSigned(.r1, .r2, bits: 16), "(bf) r1 = (s16)r2"),
    (.arithmetic(.arithmeticShiftRight, .r1, 3), "(c7) r1 s>>= 3"),
    (.arithmetic(.xor, .r1, .r2, width: .bits32), "(ac) w1 ^= w2"),
    (.signedDivide(.r1, .r2), "(3f) r1 s/= r2"),
    (.signedRemainder(.r1, 7, width: .bits32), "(94) w1 s%= 7"),
    (.negate(.r3), "(87) r3 = -r3"),
    (.bigEndian(.r1, bits: 16), "(dc) r1 = be16 r1"),
    (.byteSwap(.r1, bits: 32), "(d7) r1 = bswap32 r1"),
    (.load(.halfWord, .r1, from: .r2, offset: 4, signed: true), "(89) r1 = *(s16 *)(r2 +4)"),
    (.load(.doubleWord, .r1, from: .r10, offset: -8), "(79) r1 = *(u64 *)(r10 -8)"),
    (.store(.word, .r1, to: .r10, offset: -4), "(63) *(u32 *)(r10 -4) = r1"),
    (.store(.byte, 7, to: .r10, offset: -1), "(72) *(u8 *)(r10 -1) = 7"),
    (.atomic(.add, .doubleWord, .r2, at: .r1), "(db) lock *(u64 *)(r1 +0) += r2"),
    (.atomic(.fetchAdd, .doubleWord, .r2, at: .r1), "(db) r2 = atomic64_fetch_add((u64 *)(r1 +0), r2)"),
    (.atomic(.compareExchange, .word, .r2, at: .r1, offset: 8), "(c3) r0 = atomic_cmpxchg((u32 *)(r1 +8), r0, r2)"),
    (.jump(if: .equal, .r0, 0, 3), "(15) if r0 == 0x0 goto pc+3"),
    (.jump(if: .signedLess, .r1, .r2, width: .bits32, -2), "(ce) if w1 s< w2 goto pc-2"),
    (.jump(if: .notEqual, .r1, -1, 1), "(55) if r1 != 0xffffffff goto pc+1"),
    (.jump(5), "(05) goto pc+5"),
    (.longJump(-70000), "(06) gotol pc-70000"),
    (.mayGoto(2), "(e5) may_goto pc+2"),
    (.call(.mapLookupElem), "(85) call bpf_map_lookup_elem#1"),
    (.call(function: 4), "(85) call pc+4"),
    (.exit, "(95) exit"),
    (Instruction(opcode: 0xc2), "(c2) nospec"),
    (Instruction(opcode: 0xbf, destination: 0, source: 11, offset: -1), "(bf) r0 = &(void __percpu *)(r11)"),
    (
      Instruction(opcode: 0xbf, destination: 1, source: 2, offset: 1, immediate: 1),
      "(bf) r1 = addr_space_cast(r2, 0, 1)"
    ),
  ])
  func textIsTheKernels(instruction: Instruction, text: String) {
    #expect(instruction.description == text)
  }

  @Test(arguments: [
    (Instruction(opcode: 0x39, destination: 1, source: 2, offset: 8), "(39) r1 = *(u64 *)(r2 +8)"),
    (Instruction(opcode: 0x41, destination: 1, source: 2), "(41) r1 = *(s32 *)(r2 +0)"),
    (Instruction(opcode: 0xb1, destination: 1, source: 2), "(b1) r1 = *(u8 *)(r2 +0)"),
    (Instruction(opcode: 0xc9, destination: 1, source: 2), "(c9) r1 = *(s16 *)(r2 +0)"),
    (Instruction(opcode: 0xa2, destination: 1, immediate: 5), "(a2) *(u32 *)(r1 +0) = 5"),
    (Instruction(opcode: 0xbb, destination: 1, source: 2, offset: -8), "(bb) *(u64 *)(r1 -8) = r2"),
    (
      Instruction(opcode: 0xfb, destination: 1, source: 2, immediate: 1),
      "(fb) r2 = atomic64_fetch_add((u64 *)(r1 +0), r2)"
    ),
    (Instruction(opcode: 0xf5), "(f5) call bpf_tail_call#12"),
  ])
  func whatTheVerifierPutsInIsWrittenAsWhatItDoes(instruction: Instruction, text: String) {
    #expect(instruction.description == text)
    #expect([Instruction](slots: [instruction].encoded()) == [instruction])
  }

  @Test(arguments: [
    (Instruction.jump(if: .equal, .r1, 0, 0), InstructionSetLevel.v1),
    (.jump(if: .unsignedLess, .r1, 0, 0), .v2),
    (.jump(if: .equal, .r1, 0, width: .bits32, 0), .v3),
    (.atomic(.add, .word, .r1, at: .r2), .v1),
    (.atomic(.exchange, .word, .r1, at: .r2), .v3),
    (.load(.byte, .r1, from: .r2, signed: true), .v4),
    (.signedDivide(.r1, .r2), .v4),
    (.moveSigned(.r1, .r2, bits: 8), .v4),
    (.byteSwap(.r1, bits: 64), .v4),
    (.bigEndian(.r1, bits: 64), .v1),
    (.longJump(1), .v4),
  ])
  func levelIsTheFirstThatHasIt(instruction: Instruction, level: InstructionSetLevel) {
    #expect(instruction.level == level)
  }
}
