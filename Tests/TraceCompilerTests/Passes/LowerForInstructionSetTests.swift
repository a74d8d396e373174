import Bytecode
import Testing

@testable import TraceCompiler

@Suite struct LowerForInstructionSetTests {
  private static let text = """
    b0:
      v1 = load s16 [v0 + 0]
      v2 = smod v1, v0
      br slt32 v2, -3, b1, b1
    b1:
      ret v2
    """

  @Test func version4HasEverything() throws {
    try expect(LowerForInstructionSet(level: .v4), Self.text, becomes: Self.text)
  }

  @Test func version2IsSpelledOut() throws {
    try expect(
      LowerForInstructionSet(level: .v2), Self.text,
      becomes: """
        b0:
          v3 = load u16 [v0 + 0]
          v4 = shl v3, 48
          v1 = ashr v4, 48
          v5 = ashr v1, 63
          v6 = xor v1, v5
          v7 = sub v6, v5
          v8 = ashr v0, 63
          v9 = xor v0, v8
          v10 = sub v9, v8
          v11 = umod v7, v10
          v12 = xor v11, v5
          v2 = sub v12, v5
          v13 = shl v2, 32
          v14 = ashr v13, 32
          br slt v14, -3, b1, b1
        b1:
          ret v2
        """)
  }
}
