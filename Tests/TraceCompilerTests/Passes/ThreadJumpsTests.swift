import Testing

@testable import TraceCompiler

@Suite struct ThreadJumpsTests {
  @Test func shortCircuitsLeadOn() throws {
    try expect(
      ThreadJumps(),
      """
      b0:
        br ugt v0, 5, b1, b2(0)
      b1:
        v1 = cmp ult v0, 9
        jump b2(v1)
      b2(v2):
        br ne v2, 0, b3, b4
      b3:
        ret 1
      b4:
        ret 0
      """,
      becomes: """
        b0:
          br ugt v0, 5, b1, b4
        b1:
          v1 = cmp ult v0, 9
          jump b2(v1)
        b2(v2):
          br ne v2, 0, b3, b4
        b3:
          ret 1
        b4:
          ret 0
        """)
  }

  @Test func staysWhereTheParameterIsUsedElsewhere() throws {
    let text = """
      b0:
        jump b1(0)
      b1(v1):
        br ne v1, 0, b2, b3
      b2:
        ret v1
      b3:
        ret 0
      """
    try expect(ThreadJumps(), text, becomes: text)
  }
}
