internal import LinuxSystem
internal import TraceCompiler
internal import TraceRuntime

extension TraceRequest {
  /// The stages that the compiler shows; the others are the parser's and the kernel's.
  var compilerStages: Set<ScriptCompiler.Stage> {
    Set(stages.compactMap { ScriptCompiler.Stage(rawValue: $0.rawValue) })
  }

  /// How the session is to run the program.
  var sessionOptions: TraceOptions {
    var options = TraceOptions()
    options.process = pid
    options.format = format == .json ? .json : .text
    options.isQuiet = isQuiet
    options.isVerbose = isVerbose
    if case .dryRun = action { options.isDryRun = true }
    options.isColoured = coloursMessages
    options.warnings = sessionWarnings
    options.withoutFeatures = Set(withoutFeatures.compactMap(\.sessionFeature))
    options.debugFiles = debugFileSearch
    options.serviceManagerSocket = environment.notifySocketPath
    options.attachedNotice = environment.attachedNotice
    options.watchesStandardOutput = outputPath == nil
    return options
  }

  private var sessionWarnings: WarningLevel {
    switch warnings {
    case .none: .none
    case .usual: .usual
    case .all: .all
    }
  }
}

extension TraceRequest.SwitchableFeature {
  /// As the session knows it; nil for what it never uses.
  fileprivate var sessionFeature: TraceOptions.Feature? {
    switch self {
    case .kprobeMulti: .manyKernelFunctions
    case .uprobeMulti: .manyUserFunctions
    case .kprobeSession: nil
    }
  }
}
