import Testing

@testable import TraceCompiler

@Suite struct SelectImmediatesTests {
  @Test func whatDoesNotFitGoesIntoRegisters() throws {
    try expect(
      SelectImmediates(),
      """
      b0:
        v1 = add v0, 2147483647
        v2 = add v0, 2147483648
        v3 = add32 v0, 2147483648
        v4 = sub 5, v0
        v5 = mul 5, v0
        v6 = shl v0, 64
        v7 = udiv v0, 0
        v8 = umod32 v0, 4294967296
        store u64 [v0 + 0], 4294967296
        store u8 [v0 + 40000], -1
        atomic add u64 [v0 + 0], 1
        br ult 5, v0, b1, b1
      b1:
        ret 81985529216486895
      """,
      becomes: """
        b0:
          v1 = add 2147483647, v0
          v9 = const 2147483648
          v2 = add v0, v9
          v3 = add32 v0, -2147483648
          v4 = sub 5, v0
          v5 = mul v0, 5
          v6 = shl v0, 0
          v7 = and v0, 0
          v8 = or32 v0, 0
          v10 = const 4294967296
          store u64 [v0 + 0], v10
          v11 = add v0, 40000
          store u8 [v11 + 0], -1
          v12 = const 1
          atomic add u64 [v0 + 0], v12
          br ugt v0, 5, b1, b1
        b1:
          ret 81985529216486895
        """)
  }
}
