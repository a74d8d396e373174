import Diagnostics
import TraceLanguage

/// Feeds bytes to the front end of the trace language: reading, telling what is wrong, printing.
///
/// libFuzzer calls it with one input after the other. It looks for crashes; besides, a script without errors must read
/// back from its own text. `Scripts/fuzz` builds and runs it.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  #if PLANTED_CRASH
    precondition(!bytes.starts(with: Array("crash".utf8)), "the planted crash")
  #endif
  let source = SourceText(name: "stdin", bytes: bytes)
  var diagnostics = DiagnosticList()
  let script = Script(parsing: source, reporting: &diagnostics)
  _ = DiagnosticRenderer([source]).render(diagnostics)
  if diagnostics.hasErrors { return 0 }
  var complaints = DiagnosticList()
  let copy = Script(parsing: SourceText(name: "copy", script.description), reporting: &complaints)
  precondition(!complaints.hasErrors, "a script's own text has errors")
  precondition(copy.outline == script.outline, "a script reads back as another one")
  return 0
}
