internal import BPF
internal import BPFBuild
internal import BPFRun
internal import LinuxSystem

/// Carries out a request of `bpf run`.
struct RunCommand {
  let request: RunRequest
  private let console = Console()

  init(_ request: RunRequest) { self.request = request }

  /// What a shell shows for a command that SIGPIPE has ended: 128 and the signal's number.
  private static let statusOfBrokenPipe: UInt8 = 141

  /// The exit status of the run.
  func run() -> UInt8 {
    guard let source = request.source else { return 1 }
    do throws(RunCommandFailure) {
      var spec = try object(of: source)
      do throws(SettingError) {
        for setting in request.settings { try spec.apply(setting) }
      } catch { throw .run(.setting(error)) }
      // The descriptor of signals has to be there before the child, which gets the default ones.
      let child = try request.command.map { command throws(RunCommandFailure) in try Self.child(command) }
      return try run(spec, child)
    } catch {
      console.complain(error.text(isVerbose: request.isVerbose))
      return 1
    }
  }

  private func run(_ spec: ObjectSpec, _ child: ChildProcess?) throws(RunCommandFailure) -> UInt8 {
    let output: BufferedOutput
    let messages: BufferedOutput
    do throws(SystemCallError) {
      if let path = request.outputPath {
        output = BufferedOutput(try FileSystem.open(path, .create), subject: path, buffering: .full)
      } else {
        output = try BufferedOutput(.output, buffering: .full)
      }
      messages = try BufferedOutput(.error, buffering: .line)
    } catch { throw .run(.output(error)) }
    let run = ObjectRun(spec, options: request.options, output: output, messages: messages, child: child)
    do throws(RunFailure) { return try run.run() } catch {
      if case .output(let call) = error, call.errno == .brokenPipe { return Self.statusOfBrokenPipe }
      throw .run(error)
    }
  }

  /// Reads or builds the object.
  private func object(of source: RunRequest.Source) throws(RunCommandFailure) -> ObjectSpec {
    switch source {
    case .swift(let paths):
      let bytes = try build(paths)
      let name = paths[0].split(separator: "/").last.map(String.init) ?? paths[0]
      do throws(ObjectError) { return try ObjectSpec(bytes: bytes, name: name) } catch { throw .object(error) }
    case .object(let path):
      do throws(ObjectError) { return try ObjectSpec(path: path) } catch { throw .object(error) }
    case .c(let path):
      let text: String
      do throws(SystemCallError) { text = try FileSystem.text(of: path) } catch { throw .unreadable(error) }
      var source = CSource(text, name: path)
      // The compiler sees a copy elsewhere, so headers beside the file need to be told.
      let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
      source.arguments =
        request.compilerArguments + ["-I\(folder.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : folder)"]
      do throws(CompilationError) { return try ObjectSpec(source: source) } catch { throw .compilation(error) }
    }
  }

  /// Builds sources in Swift for the running kernel; what takes long the first time is told.
  private func build(_ paths: [String]) throws(RunCommandFailure) -> [UInt8] {
    var options = BuildOptions()
    options.instructionSet = KernelFeatures.running.has(.fetchingAtomics) ? .v3 : .v2
    options.isColoured = StandardStream.error.isTerminal
    options.searchFolders = request.searchFolders
    options.libraryFolder = request.libraryFolder
    do throws(BuildError) {
      let result = try Build(sources: paths, options: options).run { line in
        if !request.isQuiet { console.complain("\(line)\n") }
      }
      console.complain(result.report.text(isColoured: options.isColoured))
      return result.bytes
    } catch { throw .build(error) }
  }

  private static func child(_ command: String) throws(RunCommandFailure) -> ChildProcess {
    let words: CommandWords
    do throws(CommandWords.Failure) { words = try CommandWords(command) } catch {
      throw .command(command, "it is no command line")
    }
    do throws(SystemCallError) { return try ChildProcess(words.words) } catch {
      throw .command(command, error.errno.text)
    }
  }
}

/// Why `bpf run` failed.
enum RunCommandFailure: Error {
  case unreadable(SystemCallError)
  case object(ObjectError)
  case compilation(CompilationError)
  /// A source in Swift cannot be built.
  case build(BuildError)
  /// The command of `--cmd` cannot be run, and why.
  case command(String, String)
  case run(RunFailure)

  /// What a person reads.
  func text(isVerbose: Bool) -> String {
    switch self {
    case .unreadable(let error): "ERROR: \(error)\n"
    case .object(let error): "ERROR: \(error)\n"
    // The compiler's own words, in full: they have the places.
    case .compilation(.refused(_, let output)) where !output.isEmpty: "\(output)\n"
    case .build(.rejected(let report)): report.text(isColoured: StandardStream.error.isTerminal)
    case .build(let error): "ERROR: \(error)\n"
    case .compilation(let error): "ERROR: \(error)\n"
    case .command(let text, let reason): "ERROR: the command '\(text)' cannot be run: \(reason)\n"
    case .run(let error): error.text(isVerbose: isVerbose, isColoured: StandardStream.error.isTerminal)
    }
  }
}
