import Diagnostics
import Testing

@testable import TraceLanguage

/// What no person writes must end in a message all the same: no crash, no endless work.
@Suite struct HostileInputTests {
  private func messages(_ text: String) -> [String] {
    var diagnostics = DiagnosticList()
    _ = Script(parsing: SourceText(name: "stdin", text), reporting: &diagnostics)
    return diagnostics.sorted.map(\.message)
  }

  private static let depth = 100_000
  /// Tokens and grammar have a limit each.
  private static let mostMessages = 2 * Lexer.errorLimit

  @Test(arguments: [
    ("begin { $x = ", "("), ("begin { $x = ", "-"), ("begin { $x = ", "(int8)"), ("begin { $x = ", "f("),
    ("begin { $x = ", "@["), ("begin { $x = ", "sizeof("), ("begin { $x = ", "(typeof("), ("begin { $x = ", "1 ? "),
    ("begin { $x = ", "(1, "), ("begin { $x = ", "(a = "), ("begin { $x = ", "if 1 { 2 } else "),
    ("begin { $x = ", "1 ?: "), ("begin { $x = ", "comptime "), ("begin { $x = 1", "[1"), ("begin ", "{ "),
    ("begin { ", "if 1 { "), ("begin { ", "while 1 { "), ("begin { if 1 { } ", "else if 1 { } "),
    ("begin { let $x: ", "("), ("begin /", "("), ("", "struct s { "), ("struct s { int ", "*"),
    ("struct s { int ", "("), ("typedef int ", "("), ("typedef int ", "*("), ("enum e { A = ", "("),
    ("enum e { A = ", "-"),
    ("begin { $x = 1", " + 1"), ("begin { $x = $x", ".a"), ("begin { $x = $x", "[1]"), ("begin { $x = $x", "->a"),
    ("begin { $x = 1", " || 1 && 1 | 1"), ("struct s { int x", "[1]"),
  ])
  func depthIsBounded(_ start: String, _ repeated: String) {
    let found = messages(start + String(repeating: repeated, count: Self.depth))
    #expect(found.contains { $0.hasPrefix("syntax: nested too deeply") || $0.contains("not an integer constant") })
  }

  @Test(arguments: ["#", "'", "$", "\u{0}", "}", "é", "\"\n", "`", "\\", "08 ", "#endif\n", "@ ", ";", ","])
  func aMistakeManyTimesIsToldAFewTimes(_ piece: String) {
    #expect(messages(String(repeating: piece, count: Self.depth)).count <= Self.mostMessages)
    #expect(messages("begin { " + String(repeating: piece, count: Self.depth)).count <= Self.mostMessages)
    #expect(messages("kprobe:" + String(repeating: piece, count: Self.depth)).count <= Self.mostMessages)
  }

  @Test func whatIsAtTheLimitIsRead() {
    // Two levels of a rule for each parenthesis, and those of the probe and the statement around them.
    let deep = String(repeating: "(", count: 150) + "1" + String(repeating: ")", count: 150)
    #expect(messages("begin { $x = \(deep); }") == [])
    let long = "1" + String(repeating: " + 1", count: Parser.highest - 2)
    let (script, _) = parse("begin { $x = \(long); }")
    expectRoundTrip(script)
    #expect(script.expressionCount == 2 * (Parser.highest - 2) + 2)
  }

  @Test func manyDefinitionsAreReadInGoodTime() {
    #expect(messages((0..<5_000).map { "#define N\($0) \($0)\n" }.joined()) == [])
    #expect(
      messages(String(repeating: "#if 1\n", count: Self.depth)).first?.hasPrefix("syntax: nested too deeply") == true)
  }

  @Test func conditionalsAreBounded() {
    #expect(
      messages(String(repeating: "#if 1\n", count: Self.depth)) == ["syntax: nested too deeply (more than 64 levels)"])
  }

  @Test func longTextsAreReadInGoodTime() {
    let many = String(repeating: "$x = @a[1, comm] + (uint64)$y->b.c / 2; ", count: 5_000)
    #expect(messages("begin { \(many) }") == [])
    let probes = String(repeating: "kprobe:f /pid == 1/ { @ = count(); }\n", count: 5_000)
    #expect(messages(probes) == [])
  }
}
