import Testing

@testable import TraceCompiler

@Suite struct RemoveUnreachableBlocksTests {
  @Test func dropsWhatNothingLeadsTo() throws {
    try expect(
      RemoveUnreachableBlocks(),
      """
      b0:
        jump b2
      b1:
        jump b2
      b2:
        ret 0
      """,
      becomes: """
        b0:
          jump b1
        b1:
          ret 0
        """)
  }
}
