import Testing

@testable import Diagnostics

@Suite struct SourceSpanTests {
  @Test func endIsNeverBeforeStart() {
    let span = SourceSpan(start: 5, end: 3)
    #expect((span.start, span.end) == (5, 5))
    #expect(span.isEmpty)
  }

  @Test func offsetsAreClamped() {
    let span = SourceSpan(start: -4, end: Int.max)
    #expect((span.start, span.end) == (0, Int(UInt32.max)))
  }

  @Test func unionStaysInItsText() {
    let span = SourceSpan(start: 2, end: 4)
    #expect(span.union(SourceSpan(start: 7, end: 9)) == SourceSpan(start: 2, end: 9))
    #expect(span.union(SourceSpan(start: 7, end: 9, in: SourceID(1))) == span)
  }

  @Test func orderIsTextThenStartThenEnd() {
    let spans = [
      SourceSpan(start: 0, end: 1, in: SourceID(1)), SourceSpan(start: 4, end: 6), SourceSpan(start: 4, end: 5),
      SourceSpan(start: 1, end: 9),
    ]
    #expect(spans.sorted() == [spans[3], spans[2], spans[1], spans[0]])
  }
}
