internal import Diagnostics
internal import LinuxSystem
internal import TraceCompiler
internal import TraceLanguage
internal import TraceRuntime

/// One program's way from its text to its run: parsed, compiled, the stages that were asked for printed, run.
struct ScriptRun {
  let request: TraceRequest
  let source: SourceText
  let output: BufferedOutput
  let console: Console

  /// Statuses that users' scripts know from bpftrace.
  private enum Status {
    static let mistake: UInt8 = 1
  }

  /// The exit status of the run.
  func run() throws(SystemCallError) -> UInt8 {
    if !request.includeDirectories.isEmpty, request.warnings != .none {
      console.complain(
        "WARNING: -I has no effect: C headers are not read; the kernel's types are there without them\n")
    }
    var diagnostics = DiagnosticList()
    let script = Script(parsing: source, reporting: &diagnostics)
    if request.stages.contains(.ast), !diagnostics.hasErrors { try show("AST", script.outline.text) }
    if diagnostics.hasErrors { return try report(diagnostics) }
    let prepared: Preparation
    do throws(PreparationError) {
      prepared = try Preparation(request)
    } catch {
      console.complain("ERROR: \(error)\n")
      return Status.mistake
    }
    let compilation = ScriptCompiler(target: prepared.target, options: prepared.compilerOptions)
      .compile(script, source: source, showing: request.compilerStages)
    for (stage, text) in compilation.stages { try show(stage.title, text) }
    diagnostics.report(contentsOf: compilation.diagnostics)
    let status = try report(diagnostics)
    guard let compiled = compilation.script else { return Status.mistake }
    if request.stages.contains(.verifier) { return try verify(compiled) }
    if case .compile = request.action { return status }
    return try run(compiled, prepared.child) {
      var options = prepared.compilerOptions
      options.hidesValuesFromVerifier = true
      return ScriptCompiler(target: prepared.target, options: options).compile(script, source: source).script
    }
  }

  /// Loads the programs, and shows what the verifier says of them.
  private func verify(_ script: CompiledScript) throws(SystemCallError) -> UInt8 {
    let programs: [ProgramVerification.Log]
    do throws(TraceFailure) {
      programs = try ProgramVerification.logs(of: script)
    } catch {
      return fail(error, isVerbose: true)
    }
    try show("Verifier", programs.map { "\($0.name):\n\($0.log)\n" }.joined())
    return 0
  }

  /// Runs the script; when the verifier finds it too complex, `simplify` gives a form in which it sees fewer paths.
  private func run(
    _ script: CompiledScript, _ child: ChildProcess?, simplify: () -> CompiledScript?
  ) throws(SystemCallError) -> UInt8 {
    let session = TraceSession(
      script: script, options: request.sessionOptions, output: output,
      messages: try BufferedOutput(.error, buffering: .line), child: child)
    do throws(TraceFailure) {
      return UInt8(truncatingIfNeeded: try session.run())
    } catch {
      if case .programRefused(let diagnostic, _) = error, diagnostic.id == Diagnostic.tooComplexID,
        let simpler = simplify()
      {
        return try run(simpler, child) { nil }
      }
      return fail(error, isVerbose: request.isVerbose)
    }
  }

  private func fail(_ error: TraceFailure, isVerbose: Bool) -> UInt8 {
    console.complain(error.text(of: source, isVerbose: isVerbose, isColoured: request.coloursMessages))
    return UInt8(truncatingIfNeeded: error.status)
  }

  // MARK: What is said

  private func show(_ title: String, _ text: String) throws(SystemCallError) {
    try output.write("\n\(title)\n\(String(repeating: "-", count: title.count))\n\(text)")
  }

  /// Errors go to standard error, warnings to the output, as bpftrace has them.
  private func report(_ diagnostics: DiagnosticList) throws(SystemCallError) -> UInt8 {
    let renderer = DiagnosticRenderer([source], isColoured: request.coloursMessages)
    for diagnostic in diagnostics.sorted {
      switch diagnostic.severity {
      case .error: console.complain(renderer.render(diagnostic))
      case .warning, .note: if request.warnings != .none { try output.write(renderer.render(diagnostic)) }
      }
    }
    return diagnostics.hasErrors ? Status.mistake : 0
  }
}

extension ScriptCompiler.Stage {
  fileprivate var title: String {
    switch self {
    case .types: "Types"
    case .ssa: "SSA"
    case .bytecode: "Bytecode"
    }
  }
}
