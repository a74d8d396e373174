import Testing

@testable import TraceCompiler

@Suite struct SplitCriticalEdgesTests {
  @Test func waysThatNeedAPlaceGetOne() throws {
    try expect(
      SplitCriticalEdges(),
      """
      b0:
        br eq v0, 0, b1(v0), b2
      b1(v1):
        ret v1
      b2:
        jump b1(7)
      """,
      becomes: """
        b0:
          br eq v0, 0, b3, b2
        b1(v1):
          ret v1
        b2:
          jump b1(7)
        b3:
          jump b1(v0)
        """)
  }
}
