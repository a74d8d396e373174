/// What one run of `bpf trace` is asked to do: its command line and environment, read and checked.
struct TraceRequest: Hashable, Sendable {
  /// Where the program's text is.
  enum Program: Hashable, Sendable {
    case text(String)
    case file(String)
    case standardInput
  }

  /// What the command does.
  enum Action: Hashable, Sendable {
    /// Compile, attach, run.
    case run(Program)
    /// Compile, print the stages asked for, and end.
    case compile(Program)
    /// Compile, attach, say how, and end.
    case dryRun(Program)
    /// List the probes that match a search; nil means all.
    case listMatching(String?)
    /// List the probes that a program names.
    case listProbes(of: Program)
    /// Print what the machine can do.
    case info
    case help
    case version
  }

  /// A stage of the compilation that can be printed.
  enum Stage: String, Hashable, Sendable, CaseIterable {
    case ast, types, ssa, bytecode, verifier
  }

  /// The form of the output.
  enum Format: String, Hashable, Sendable, CaseIterable {
    case text, json
  }

  /// When output is handed on.
  enum Buffering: String, Hashable, Sendable, CaseIterable {
    case line, full, none
  }

  /// Which failing helpers a run warns of.
  enum Warnings: Int, Hashable, Sendable {
    /// None, and no warnings of the compiler either.
    case none
    /// Those that rarely fail in a right program.
    case usual
    /// All.
    case all
  }

  /// A faculty of the kernel that a run can be told not to use.
  enum SwitchableFeature: String, Hashable, Sendable, CaseIterable {
    case kprobeMulti = "kprobe_multi"
    case kprobeSession = "kprobe_session"
    case uprobeMulti = "uprobe_multi"

    static var list: String { allCases.map(\.rawValue).joined(separator: ",") }
  }

  var action: Action
  /// The process that alone is traced.
  var pid: Int32?
  /// The command to run, as it was given: one word for the shell-like splitting.
  var command: String?
  var outputPath: String?
  var format = Format.text
  /// nil where the option is not given: then by line.
  var buffering: Buffering?
  var isQuiet = false
  var isVerbose = false
  var warnings = Warnings.usual
  var stages: Set<Stage> = []
  var allowsUnsafe = false
  /// A regular expression over the names of probes.
  var probeFilter: String?
  var withoutFeatures: Set<SwitchableFeature> = []
  var includeDirectories: [String] = []
  var debugInfoDirectories: [String] = []
  /// A file that replaces the kernel's own list of traceable functions.
  var traceableFunctionsPath: String?
  /// `$1`, `$2` and so on.
  var positionalParameters: [String] = []
  /// Parameters with names, in the order of the command line; the value is nil for `--NAME` alone.
  var namedParameters: [NamedParameter] = []
  /// Settings of the environment, by configuration key.
  var settings: [String: String] = [:]
  var environment = TraceEnvironment()

  init(_ action: Action) { self.action = action }

  /// A parameter for the script, `--NAME=VALUE` behind `--`.
  struct NamedParameter: Hashable, Sendable {
    var name: String
    var value: String?
  }
}
