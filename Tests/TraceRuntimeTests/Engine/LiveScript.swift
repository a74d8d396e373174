import Diagnostics
import KernelInterface
import LinuxSystem
import ProbeCatalog
import TraceCompiler
import TraceLanguage

@testable import TraceRuntime

/// A script that is compiled for this machine and run on it.
struct LiveScript {
  /// Why there is no compiled script.
  struct Refused: Error, CustomStringConvertible {
    var description: String
  }

  let compiled: CompiledScript
  var options = TraceOptions()
  private let child: ChildProcess?

  /// Compiles a script; where `command` is given, `cpid` is its process and the run lasts as long as it does.
  init(_ text: String, running command: [String]? = nil) throws {
    child = try command.map { try ChildProcess($0) }
    let source = SourceText(name: "stdin", text)
    var diagnostics = DiagnosticList()
    let script = Script(parsing: source, reporting: &diagnostics)
    if diagnostics.hasErrors { throw Refused(description: DiagnosticRenderer([source]).render(diagnostics)) }
    guard let architecture = Architecture.current else { throw Refused(description: "unknown architecture") }
    let live = LiveSource()
    var features = TargetFeatures()
    features.possibleCPUCount = try CPUList.possible().cpus.count
    var compilerOptions = CompilerOptions()
    compilerOptions.child = child?.process
    compilerOptions.process = child?.process
    compilerOptions.allowsUnsafe = true
    let target = LiveTarget(catalog: Catalog(live), source: live, architecture: architecture, features: features)
    let compilation = ScriptCompiler(target: target, options: compilerOptions).compile(script, source: source)
    guard let compiled = compilation.script else {
      throw Refused(description: DiagnosticRenderer([source]).render(compilation.diagnostics))
    }
    self.compiled = compiled
    options.endingSignals = []
  }

  /// Runs it to its end.
  func run(named name: String = #function) throws -> (status: Int32, output: String, messages: String) {
    let recorded = try RecordedOutput(name)
    let session = TraceSession(
      script: compiled, options: options, output: recorded.output, messages: recorded.messages, child: child)
    let status: Int32
    do throws(TraceFailure) {
      status = try session.run()
    } catch {
      throw Refused(description: error.text(of: compiled.source, isVerbose: true, isColoured: false))
    }
    let text = try recorded.text()
    return (status, text.output, text.messages)
  }
}
