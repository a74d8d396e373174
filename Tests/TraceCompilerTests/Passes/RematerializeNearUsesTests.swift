import Testing

@testable import TraceCompiler

@Suite struct RematerializeNearUsesTests {
  @Test func oneCopyServesUntilTheNextCall() throws {
    try expect(
      RematerializeNearUses(),
      """
      b0:
        v1 = mapvalue 0 + 0
        v2 = frame s0 + 0
        store u64 [v1 + 0], 1
        store u64 [v1 + 8], 2
        store u64 [v2 + 0], v1
        v3 = call map_lookup_elem(v1, v2)
        store u64 [v1 + 16], 3
        ret 0
      """,
      becomes: """
        b0:
          v1 = mapvalue 0 + 0
          v2 = frame s0 + 0
          v4 = mapvalue 0 + 0
          store u64 [v4 + 0], 1
          store u64 [v4 + 8], 2
          store u64 [v2 + 0], v4
          v3 = call map_lookup_elem(v1, v2)
          v5 = mapvalue 0 + 0
          store u64 [v5 + 16], 3
          ret 0
        """)
  }
}
