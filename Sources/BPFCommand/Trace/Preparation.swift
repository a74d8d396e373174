internal import BPF
internal import KernelInterface
internal import LinuxSystem
internal import ProbeCatalog
internal import TraceCompiler
internal import TraceRuntime

/// What a program is compiled for: the running machine, the command line's wishes, and the child to trace, which waits.
struct Preparation {
  let target: LiveTarget
  let compilerOptions: CompilerOptions
  /// The command of `-c`, to be let go when everything is attached.
  let child: ChildProcess?

  init(_ request: TraceRequest) throws(PreparationError) {
    child = try request.command.map { command throws(PreparationError) in try Self.child(command) }
    target = try Self.target(request)
    var options = CompilerOptions()
    options.positionalParameters = request.positionalParameters
    options.process = request.pid
    options.child = child?.process
    options.allowsUnsafe = request.allowsUnsafe
    options.environmentSettings = request.settings
    options.warningLevel = request.warnings.rawValue
    options.probeFilter = try request.probeFilter.map { filter throws(PreparationError) in try Self.filter(filter) }
    let boot = SystemClock.boot.nanoseconds
    options.startTime = UInt64(clamping: boot)
    options.taiOffset = UInt64(clamping: SystemClock.tai.nanoseconds &- boot)
    compilerOptions = options
  }

  private static func child(_ command: String) throws(PreparationError) -> ChildProcess {
    let words: CommandWords
    do throws(CommandWords.Failure) { words = try CommandWords(command) } catch { throw .command(command, error) }
    do throws(SystemCallError) { return try ChildProcess(words.words) } catch { throw .child(command, error) }
  }

  private static func target(_ request: TraceRequest) throws(PreparationError) -> LiveTarget {
    guard let architecture = Architecture.current else { throw .unknownArchitecture }
    let kernel = LiveKernel()
    let source = try LiveSource(request)
    do throws(SystemCallError) {
      let version = try KernelVersion.running(kernel)
      // Where it cannot be lifted, the map that has no room says so.
      if version < KernelVersion(5, 11) { try? LockedMemoryLimit.lift() }
      let features = try TargetFeatures(of: KernelFeatures.running, version: version)
      return LiveTarget(
        catalog: Catalog(source, debugFiles: request.debugFileSearch), source: source, architecture: architecture,
        features: features)
    } catch {
      throw .machine(error)
    }
  }

  /// A test of names by a regular expression, which may match anywhere in them.
  private static func filter(_ expression: String) throws(PreparationError) -> @Sendable (String) -> Bool {
    // Regular expressions may not go from one thread to another; the compiler calls the filter on its caller's.
    nonisolated(unsafe) let regex: RegularExpression
    do { regex = try RegularExpression(expression) } catch { throw .filter(expression, "\(error)") }
    return { name in regex.matches(name) }
  }
}

/// Why a program cannot be compiled for this machine, or not as the command line wishes.
enum PreparationError: Error {
  /// The text of `-c` is no command line.
  case command(String, CommandWords.Failure)
  /// The command of `-c` cannot be run.
  case child(String, SystemCallError)
  /// The text of `--probe-filter` is no regular expression.
  case filter(String, String)
  /// The file of BPFTRACE_BTF holds no types.
  case types(path: String, String)
  /// Something that the machine always tells could not be read.
  case machine(SystemCallError)
  /// The processor is none that programs can be compiled for.
  case unknownArchitecture
}

extension PreparationError: CustomStringConvertible {
  var description: String {
    switch self {
    case .command(let text, let failure): "-c '\(text)' is no command: \(failure.words)"
    case .child(let text, let error): "the command '\(text)' cannot be run: \(error.errno.text)"
    case .filter(let text, let reason): "--probe-filter '\(text)' is no regular expression: \(reason)"
    case .types(let path, let reason): "BPFTRACE_BTF: '\(path)' holds no kernel types: \(reason)"
    case .machine(let error): "\(error)"
    case .unknownArchitecture: "there is no code generator for this processor: x86-64 and arm64 have one"
    }
  }
}

extension CommandWords.Failure {
  fileprivate var words: String {
    switch self {
    case .empty: "it is empty"
    case .unclosedQuote(let offset): "the quote at byte \(offset + 1) is never closed"
    case .trailingBackslash: "nothing follows its last backslash"
    case .nulByte(let offset): "there is a NUL at byte \(offset + 1)"
    }
  }
}
