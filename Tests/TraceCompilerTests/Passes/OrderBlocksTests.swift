import Testing

@testable import TraceCompiler

@Suite struct OrderBlocksTests {
  @Test func unlikelyEndsComeLastAndLoopsStayTogether() throws {
    try expect(
      OrderBlocks(),
      """
      b0:
        br eq v0, 0, b1, b2
      b1:
        ret 0
      b2:
        br ult v0, 9, b3, b4
      b3:
        v1 = call ktime_get_ns()
        jump b2
      b4:
        v2 = call ktime_get_ns()
        jump b1
      """,
      becomes: """
        b0:
          br eq v0, 0, b4, b1
        b1:
          br ult v0, 9, b2, b3
        b2:
          v1 = call ktime_get_ns()
          jump b1
        b3:
          v2 = call ktime_get_ns()
          jump b4
        b4:
          ret 0
        """)
  }
}
