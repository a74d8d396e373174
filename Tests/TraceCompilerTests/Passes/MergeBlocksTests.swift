import Testing

@testable import TraceCompiler

@Suite struct MergeBlocksTests {
  @Test func joinsChainsAndSkipsEmptyBlocks() throws {
    try expect(
      MergeBlocks(),
      """
      b0:
        v1 = add v0, 1
        jump b1(v1)
      b1(v2):
        br eq v2, 3, b2, b3
      b2:
        jump b4
      b3:
        v3 = call ktime_get_ns()
        jump b4
      b4:
        ret v2
      """,
      becomes: """
        b0:
          v1 = add v0, 1
          br eq v1, 3, b2, b1
        b1:
          v3 = call ktime_get_ns()
          jump b2
        b2:
          ret v1
        """)
  }
}
