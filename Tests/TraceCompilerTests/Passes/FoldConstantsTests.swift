import Testing

@testable import TraceCompiler

@Suite struct FoldConstantsTests {
  @Test(arguments: [
    ("add v0, 0", "v0"), ("mul v0, 1", "v0"), ("and v0, 0", "0"), ("sub v0, v0", "0"), ("and v0, v0", "v0"),
    ("udiv v0, 0", "0"), ("umod v0, 0", "v0"), ("udiv 7, 2", "3"), ("sdiv -7, 2", "-3"), ("smod -7, 2", "-1"),
    ("sdiv -9223372036854775808, -1", "-9223372036854775808"), ("add32 -1, 0", "4294967295"),
    ("sub32 0, 1", "4294967295"), ("shl 1, 65", "2"), ("shl32 1, 33", "2"), ("ashr -8, 1", "-4"),
    ("ashr32 2147483648, 31", "4294967295"), ("lshr -1, 63", "1"), ("umod32 4294967296, 0", "0"),
    ("cmp slt 1, 2", "1"), ("cmp ugt32 -1, 5", "1"), ("cmp sgt32 4294967295, 5", "0"), ("cmp eq v0, v0", "1"),
    ("cmp ult v0, 0", "0"), ("neg 5", "-5"), ("not32 0", "4294967295"), ("bswap16 258", "513"),
    ("bswap32 1", "16777216"), ("sext8 255", "-1"), ("zext16 -1", "65535"),
  ])
  func valuesThatAreKnown(operation: String, value: String) throws {
    try expect(FoldConstants(), "b0:\nv1 = \(operation)\nret v1", becomes: "b0:\nv1 = \(operation)\nret \(value)")
  }

  @Test(arguments: [
    ("mul v0, 8", "shl v0, 3"), ("udiv v0, 16", "lshr v0, 4"), ("umod v0, 16", "and v0, 15"),
    ("sub v0, 5", "add v0, -5"),
    ("add 5, v0", "add v0, 5"), ("add32 v0, 0", "zext32 v0"), ("sdiv v0, -1", "neg v0"),
    ("cmp slt 3, v0", "cmp sgt v0, 3"),
    ("shl v0, 67", "shl v0, 3"),
  ])
  func cheaperForms(operation: String, form: String) throws {
    try expect(FoldConstants(), "b0:\nv1 = \(operation)\nret v1", becomes: "b0:\nv1 = \(form)\nret v1")
  }

  @Test func sumsMaskedBitsAndAnswers() throws {
    try expect(
      FoldConstants(),
      """
      b0:
        v1 = add v0, 3
        v2 = add v1, 4
        v3 = load u8 [v0 + 0]
        v4 = and v3, 255
        v5 = zext32 v3
        v6 = cmp eq v2, v4
        v7 = cmp eq v6, 0
        v8 = frame s0 + 8
        v9 = add v8, 8
        store u64 [v9 + 0], v5
        ret v7
      """,
      becomes: """
        b0:
          v1 = add v0, 3
          v2 = add v0, 7
          v3 = load u8 [v0 + 0]
          v4 = and v3, 255
          v5 = zext32 v3
          v6 = cmp eq v2, v3
          v7 = cmp ne v2, v3
          v8 = frame s0 + 8
          v9 = frame s0 + 16
          store u64 [v9 + 0], v3
          ret v7
        """)
  }
}
