import Testing

@testable import Diagnostics

@Suite struct DiagnosticRendererTests {
  private func render(
    _ text: String, _ start: Int, _ end: Int, severity: Diagnostic.Severity = .error,
    contexts: [Diagnostic.Context] = [], hints: [String] = [], isColoured: Bool = false
  ) -> String {
    let diagnostic = Diagnostic(
      severity, id: "x", at: SourceSpan(start: start, end: end), "text", contexts: contexts, hints: hints)
    return DiagnosticRenderer([SourceText(name: "stdin", text)], isColoured: isColoured).render(diagnostic)
  }

  @Test func pointsAtAStretchOfOneLine() {
    #expect(
      render("begin { print($x); }", 14, 16, hints: ["first", "second"]) == """
        stdin:1:15-17: ERROR: text
        begin { print($x); }
                      ~~
        HINT: first
        HINT: second

        """)
  }

  @Test func warningsSaySo() {
    #expect(render("a", 0, 1, severity: .warning) == "stdin:1:1-2: WARNING: text\na\n~\n")
  }

  @Test func aTabIsFourPlacesWideAndOneColumn() {
    #expect(render("\t$x\t;", 1, 4) == "stdin:1:2-5: ERROR: text\n    $x    ;\n    ~~~~~~\n")
  }

  @Test func aCharacterOfSeveralBytesIsMarkedOnce() {
    #expect(render("\"ä\" $x", 5, 7) == "stdin:1:6-8: ERROR: text\n\"ä\" $x\n    ~~\n")
  }

  @Test func controlBytesDoNotReachTheTerminal() {
    #expect(render("\u{1b}[2J\u{0}x", 5, 6) == "stdin:1:6-7: ERROR: text\n?[2J?x\n     ~\n")
  }

  @Test func anEmptySpanIsMarkedOnce() {
    #expect(render("ab", 2, 2) == "stdin:1:3-3: ERROR: text\nab\n  ~\n")
    #expect(render("ab", 1, 1) == "stdin:1:2-2: ERROR: text\nab\n ~\n")
    #expect(render("", 0, 0) == "stdin:1:1-1: ERROR: text\n\n~\n")
  }

  @Test func severalLinesShowNoText() {
    #expect(render("a\nb\nc", 0, 5) == "stdin:1-3: ERROR: text\n")
  }

  @Test func otherPlacesFollow() {
    #expect(
      render("{ (", 3, 3, contexts: [.init(at: SourceSpan(start: 0, end: 1), "opened here")], hints: ["close it"])
        == """
        stdin:1:4-4: ERROR: text
        { (
           ~
        stdin:1:1-2: NOTE: opened here
        { (
        ~
        HINT: close it

        """)
  }

  @Test func anUnknownTextHasNoPlace() {
    let diagnostic = Diagnostic(.error, id: "x", at: SourceSpan(start: 0, end: 1, in: SourceID(7)), "text")
    #expect(DiagnosticRenderer([]).render(diagnostic) == "ERROR: text\n")
  }

  @Test func colourStandsOnLabelsAndMarks() {
    #expect(
      render("a", 0, 1, hints: ["h"], isColoured: true)
        == "stdin:1:1-2: \u{1b}[31mERROR: \u{1b}[0mtext\na\n\u{1b}[31m~\u{1b}[0m\n\u{1b}[33mHINT: \u{1b}[0mh\n")
  }
}
