import Bytecode
import Diagnostics
import Testing
import TraceLanguage

@testable import TraceCompiler

/// Events that a program leaves out must cost little: the look-up of its working memory comes behind the decision.
@Suite struct ScratchMemoryTests {
  @Test(arguments: [
    "tracepoint:syscalls:sys_enter_openat /pid == 5/ { @[str(args.filename)] = count(); }",
    "uprobe:/bin/true:main /pid == 5/ { @[str(arg0)] = count(); }",
  ])
  func thePredicateIsTestedFirst(text: String) throws {
    let instructions = try code(of: text).instructions
    let test = try #require(instructions.firstIndex { $0 == .call(.getCurrentPidTgid) })
    let lookUp = try #require(instructions.firstIndex { $0 == .call(.mapLookupElem) })
    #expect(test < lookUp)
  }

  /// A predicate that needs the memory itself has it first.
  @Test func aPredicateMayUseIt() throws {
    let text = "tracepoint:syscalls:sys_enter_openat /str(args.filename) == str(args.filename)/ { @ = count(); }"
    let instructions = try code(of: text).instructions
    let read = try #require(instructions.firstIndex { $0 == .call(.probeReadUserStr) })
    let lookUp = try #require(instructions.firstIndex { $0 == .call(.mapLookupElem) })
    #expect(lookUp < read)
  }

  private func code(of text: String) throws -> ProgramCode {
    let source = SourceText(name: "stdin", text)
    var diagnostics = DiagnosticList()
    let script = Script(parsing: source, reporting: &diagnostics)
    let compilation = ScriptCompiler(target: RecordedTarget()).compile(script, source: source)
    let told = DiagnosticRenderer([source]).render(compilation.diagnostics)
    return try #require(compilation.script?.programs.first, "\(told)").code
  }
}
