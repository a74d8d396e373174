import Diagnostics
import GoldenFiles
import Testing

@testable import TraceLanguage

/// What the user sees of a script: its mistakes, or its tree when there is none.
func parse(_ text: String) -> (script: Script, output: String) {
  let source = SourceText(name: "stdin", text)
  var diagnostics = DiagnosticList()
  let script = Script(parsing: source, reporting: &diagnostics)
  let told = DiagnosticRenderer([source]).render(diagnostics)
  return (script, diagnostics.hasErrors ? told : told + script.outline.text)
}

@Suite struct ParsingTests {
  @Test(arguments: GoldenFile.names(in: "Parsing"))
  func golden(_ name: String) throws {
    var file = try GoldenFile(name)
    for index in file.cases.indices {
      let (script, output) = parse(file.cases[index].source)
      if GoldenFile.isUpdating {
        file.cases[index].output = output
      } else {
        #expect(output == file.cases[index].output, "\(name), case \(index + 1):\n\(file.cases[index].source)")
      }
      if output.hasPrefix("Program") { expectRoundTrip(script) }
    }
    if GoldenFile.isUpdating { try file.write() }
  }

  @Test func goldenFilesAreThere() { #expect(GoldenFile.names(in: "Parsing").contains("Parsing/expressions.golden")) }
}

/// Printed as source and read again, a script is the same tree, and prints the same again.
func expectRoundTrip(_ script: Script, sourceLocation: Testing.SourceLocation = #_sourceLocation) {
  let printed = script.description
  let (again, output) = parse(printed)
  #expect(again.outline.text == script.outline.text, "\(printed)\n\(output)", sourceLocation: sourceLocation)
  #expect(again.description == printed, sourceLocation: sourceLocation)
}
