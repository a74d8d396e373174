import Testing

@testable import Diagnostics

@Suite struct SourceTextTests {
  private let text = SourceText(name: "stdin", "ab\n\tc\r\n\nend")

  @Test(arguments: [
    (0, 1, 1), (2, 1, 3), (3, 2, 1), (4, 2, 2), (6, 2, 4), (7, 3, 1), (8, 4, 1), (11, 4, 4), (99, 4, 4), (-1, 1, 1),
  ])
  func location(offset: Int, line: Int, column: Int) {
    #expect(text.location(of: offset) == SourceLocation(line: line, column: column))
  }

  @Test func linesHaveNoEnds() {
    #expect(text.lineCount == 4)
    #expect((0...5).map { String(decoding: text.line($0), as: UTF8.self) } == ["", "ab", "\tc", "", "end", ""])
  }

  @Test func textOfASpanIsRepairedAndClamped() {
    let text = SourceText(name: "x", bytes: [0x61, 0xff, 0x62])
    #expect(text.text(of: SourceSpan(start: 1, end: 3)) == "\u{fffd}b")
    #expect(text.text(of: SourceSpan(start: 2, end: 90)) == "b")
    #expect(text.text(of: SourceSpan(start: 80, end: 90)) == "")
  }

  @Test func emptyTextHasOneLine() {
    let text = SourceText(name: "x", "")
    #expect(text.lineCount == 1)
    #expect(text.location(of: 0) == SourceLocation(line: 1, column: 1))
  }
}
