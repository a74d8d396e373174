import Testing

@testable import TraceCompiler

@Suite struct FoldAddressesTests {
  @Test func offsetsGoIntoTheAccess() throws {
    try expect(
      FoldAddresses(),
      """
      b0:
        v1 = add v0, 8
        v2 = load u64 [v1 + 4]
        v3 = add v0, 100000
        v4 = load u64 [v3 + 0]
        v5 = add32 v0, 8
        store u8 [v5 + 0], v2
        v6 = mapvalue 0 + 24
        store u64 [v6 + 8], v4
        v7 = mapvalue 0 + 32
        atomic add u64 [v7 + 0], 1
        ret 0
      """,
      becomes: """
        b0:
          v1 = add v0, 8
          v2 = load u64 [v0 + 12]
          v3 = add v0, 100000
          v4 = load u64 [v3 + 0]
          v5 = add32 v0, 8
          store u8 [v5 + 0], v2
          v6 = mapvalue 0 + 24
          v8 = mapvalue 0 + 0
          store u64 [v8 + 32], v4
          v7 = mapvalue 0 + 32
          atomic add u64 [v8 + 32], 1
          ret 0
        """)
  }
}
