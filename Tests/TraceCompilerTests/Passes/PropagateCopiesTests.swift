import Testing

@testable import TraceCompiler

@Suite struct PropagateCopiesTests {
  @Test func dropsParametersThatAllWaysGiveTheSame() throws {
    try expect(
      PropagateCopies(),
      """
      b0:
        v1 = const 5
        jump b1(v0, v1, v1)
      b1(v2, v3, v4):
        v5 = add v2, v3
        br ult v4, 9, b1(v2, v3, v5), b2
      b2:
        ret v3
      """,
      becomes: """
        b0:
          jump b1(5)
        b1(v4):
          v5 = add v0, 5
          br ult v4, 9, b1(v5), b2
        b2:
          ret 5
        """)
  }
}
