internal import Diagnostics
internal import LinuxSystem
internal import ProbeCatalog

/// Carries out a request.
struct TraceCommand {
  let request: TraceRequest
  /// How the command was called, for messages.
  let name: String
  private let console = Console()

  init(_ request: TraceRequest, calledAs name: String) {
    self.request = request
    self.name = name
  }

  /// The exit status of the run.
  func run() -> UInt8 {
    do throws(SystemCallError) {
      let output = try openOutput()
      let status = try run(writingTo: output)
      try output.flush()
      return status
    } catch  where error.errno == .brokenPipe {
      return Self.statusOfBrokenPipe
    } catch {
      console.complain("\(name): \(error)\n")
      return 1
    }
  }

  /// What a shell shows for a command that SIGPIPE has ended: 128 and the signal's number.
  private static let statusOfBrokenPipe: UInt8 = 141

  private func run(writingTo output: BufferedOutput) throws(SystemCallError) -> UInt8 {
    switch request.action {
    case .listMatching(let search):
      guard let search, let status = try? FileStatus(of: search), status.kind == .regular else {
        return withList(output) { $0.list(matching: search) }
      }
      return try withText(of: .file(search)) { source in withList(output) { $0.list(namedBy: source) } }
    case .listProbes(let program):
      return try withText(of: program) { source in withList(output) { $0.list(namedBy: source) } }
    case .run(let program), .compile(let program), .dryRun(let program):
      return try withText(of: program) { source throws(SystemCallError) in
        try ScriptRun(request: request, source: source, output: output, console: console).run()
      }
    case .info:
      try output.write(FeatureReport().text)
      return 0
    case .help, .version:
      return 0
    }
  }

  private func withList(_ output: BufferedOutput, _ body: (ListCommand) -> UInt8) -> UInt8 {
    do throws(PreparationError) {
      let catalog = Catalog(try LiveSource(request), debugFiles: request.debugFileSearch)
      return body(ListCommand(request: request, catalog: catalog, output: output, console: console))
    } catch {
      console.complain("ERROR: \(error)\n")
      return 1
    }
  }

  private func withText(
    of program: TraceRequest.Program, _ body: (SourceText) throws(SystemCallError) -> UInt8
  ) throws(SystemCallError) -> UInt8 {
    let source: SourceText
    do throws(ScriptUnreadable) {
      source = try SourceText(program)
    } catch {
      console.complain("\(name): \(error)\n")
      return 1
    }
    return try body(source)
  }

  /// The standard output, or the file of `-o`.
  private func openOutput() throws(SystemCallError) -> BufferedOutput {
    let buffering: BufferedOutput.Buffering =
      switch request.buffering {
      case .line?, nil: .line
      case .full?: .full
      case TraceRequest.Buffering.none?: .none
      }
    guard let path = request.outputPath else { return try BufferedOutput(.output, buffering: buffering) }
    return BufferedOutput(try FileSystem.open(path, .create), subject: path, buffering: buffering)
  }
}

extension TraceRequest {
  /// Whether messages may carry colours: as the environment says, or where standard error is a terminal.
  var coloursMessages: Bool {
    switch environment.colour {
    case .always: true
    case .never: false
    case .auto: StandardStream.error.isTerminal
    }
  }
}
