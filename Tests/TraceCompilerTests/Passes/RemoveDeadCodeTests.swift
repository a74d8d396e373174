import Testing

@testable import TraceCompiler

@Suite struct RemoveDeadCodeTests {
  @Test func keepsEffectsOnly() throws {
    try expect(
      RemoveDeadCode(),
      """
      b0:
        v1 = call.event ktime_get_ns()
        v2 = call ktime_get_ns()
        v3 = add v0, 1
        v4 = load u64 [v0 + 8]
        jump b1(v3, 0)
      b1(v5, v6):
        v7 = add v6, 1
        v8 = frame s0 + 0
        store u64 [v8 + 0], 1
        br ult v5, 3, b1(v5, v7), b2
      b2:
        ret 0
      """,
      becomes: """
        b0:
          v2 = call ktime_get_ns()
          v3 = add v0, 1
          jump b1(v3)
        b1(v5):
          v8 = frame s0 + 0
          store u64 [v8 + 0], 1
          br ult v5, 3, b1(v5), b2
        b2:
          ret 0
        """)
  }
}
