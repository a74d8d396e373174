import Diagnostics
import TraceCompiler
import TraceLanguage

/// Feeds bytes to the trace compiler: a script without syntax errors must end in programs or in errors.
///
/// libFuzzer calls it with one input after the other. Each script is compiled for two machines, one of either
/// architecture, one with a new kernel and one with an old one. `Scripts/fuzz` builds and runs it.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let source = SourceText(name: "stdin", bytes: Array(UnsafeBufferPointer(start: start, count: count)))
  var diagnostics = DiagnosticList()
  let script = Script(parsing: source, reporting: &diagnostics)
  if diagnostics.hasErrors { return 0 }
  var options = CompilerOptions()
  options.positionalParameters = ["1", "text", ""]
  options.allowsUnsafe = count.isMultiple(of: 2)
  for machine in InventedMachine.all {
    let compilation = ScriptCompiler(target: machine, options: options)
      .compile(script, source: source, showing: Set(ScriptCompiler.Stage.allCases))
    precondition(
      compilation.diagnostics.hasErrors == (compilation.script == nil), "a script gives either programs or errors")
    precondition(compilation.diagnostics.all.allSatisfy { $0.span.end <= count }, "a message points behind the text")
    _ = DiagnosticRenderer([source]).render(compilation.diagnostics)
  }
  return 0
}
