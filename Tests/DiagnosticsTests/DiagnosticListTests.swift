import Testing

@testable import Diagnostics

@Suite struct DiagnosticListTests {
  private func diagnostic(_ severity: Diagnostic.Severity, at start: Int, _ message: String) -> Diagnostic {
    Diagnostic(severity, id: "x", at: SourceSpan(start: start, end: start + 1), message)
  }

  @Test func sortsByPlaceAndKeepsTheOrderOfOnePlace() {
    var list = DiagnosticList()
    for (start, message) in [(9, "c"), (1, "b"), (1, "a")] { list.report(diagnostic(.error, at: start, message)) }
    #expect(list.sorted.map(\.message) == ["b", "a", "c"])
    #expect(list.all.map(\.message) == ["c", "b", "a"])
  }

  @Test func saysNothingTwice() {
    var list = DiagnosticList()
    list.report(diagnostic(.error, at: 1, "a"))
    var other = list
    other.report(diagnostic(.error, at: 2, "a"))
    list.report(contentsOf: other)
    #expect(list.all.count == 2)
  }

  @Test func tellsErrorsFromWarnings() {
    var list = DiagnosticList()
    #expect(list.isEmpty)
    list.report(diagnostic(.warning, at: 1, "w"))
    #expect(!list.hasErrors && !list.isEmpty)
    list.report(diagnostic(.error, at: 0, "e"))
    #expect(list.hasErrors)
    #expect(list.errors.map(\.message) == ["e"])
    #expect(list.warnings.map(\.message) == ["w"])
  }
}
