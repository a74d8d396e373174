import Bytecode
import Testing

@Suite struct InstructionDecoderTests {
  @Test func refusesWhatIsNoProgram() {
    #expect(throws: DecodingError.truncated(byteCount: 7)) {
      try [Instruction](decoding: [UInt8](repeating: 0, count: 7))
    }
    #expect(throws: DecodingError.unknownOpcode(0xff, instruction: 0)) {
      try [Instruction](decoding: [0xff, 0, 0, 0, 0, 0, 0, 0])
    }
    #expect(throws: DecodingError.unknownRegister(11, instruction: 0)) {
      try [Instruction](decoding: [0xb7, 0x0b, 0, 0, 0, 0, 0, 0])
    }
    #expect(throws: DecodingError.brokenWideLoad(instruction: 0)) {
      try [Instruction](decoding: Instruction.wideLoad(.r1, 1).prefix(1).encoded())
    }
    #expect(throws: DecodingError.badTarget(instruction: 0, target: 2)) {
      try [Instruction](decoding: [Instruction.jump(1), .exit].encoded())
    }
    #expect(throws: DecodingError.badTarget(instruction: 0, target: 2)) {
      try [Instruction](decoding: ([.jump(1)] + Instruction.wideLoad(.r1, 1) + [.exit]).encoded())
    }
  }

  @Test func anyBytesDecodeOrAreRefused() {
    var state: UInt64 = 0x9e37_79b9_7f4a_7c15
    var decoded = 0
    for _ in 0..<20_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let instruction = Instruction(encoded: state >> 3 ^ state << 29)
      if let program = try? [Instruction](decoding: [instruction, .exit].encoded()) {
        #expect(program.encoded() == [instruction, .exit].encoded())
        decoded += 1
      }
      #expect(!instruction.description.isEmpty)
    }
    #expect(decoded > 100)
  }
}
