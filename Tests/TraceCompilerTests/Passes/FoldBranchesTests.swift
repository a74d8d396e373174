import Testing

@testable import TraceCompiler

@Suite struct FoldBranchesTests {
  @Test func asksTheComparisonItself() throws {
    try expect(
      FoldBranches(),
      """
      b0:
        v1 = cmp slt v0, 7
        br eq v1, 0, b1, b2
      b1:
        ret 1
      b2:
        br eq 5, 5, b1, b2
      """,
      becomes: """
        b0:
          v1 = cmp slt v0, 7
          br slt v0, 7, b2, b1
        b1:
          ret 1
        b2:
          jump b1
        """)
  }

  @Test func answersAreComparedAtTheWidthOfTheBranch() throws {
    try expect(
      FoldBranches(),
      """
      b0:
        v1 = cmp slt v0, 7
        br eq32 v1, 4294967296, b1, b2
      b1:
        ret 1
      b2:
        br eq v1, 4294967296, b1, b3
      b3:
        ret 3
      """,
      becomes: """
        b0:
          v1 = cmp slt v0, 7
          br slt v0, 7, b2, b1
        b1:
          ret 1
        b2:
          jump b3
        b3:
          ret 3
        """)
  }

  @Test func asksOnce() throws {
    try expect(
      FoldBranches(),
      """
      b0:
        br eq v0, 7, b1, b2
      b1:
        br ne v0, 7, b3, b4
      b2:
        br eq v0, 7, b3, b4
      b3:
        ret 3
      b4:
        br ult v0, 7, b3, b5
      b5:
        ret 4
      """,
      becomes: """
        b0:
          br eq v0, 7, b1, b2
        b1:
          jump b4
        b2:
          jump b4
        b3:
          ret 3
        b4:
          br ult v0, 7, b3, b5
        b5:
          ret 4
        """)
  }
}
