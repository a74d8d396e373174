extension TraceRequest {
  /// Reads a command line without its first word, and the environment.
  init(arguments: [String], environment variables: [String: String] = [:]) throws(UsageError) {
    let line: OptionParser<TraceOption>.Result
    do {
      line = try OptionParser(TraceOption.table).parse(arguments)
    } catch {
      throw .option(error)
    }
    var reading = OptionReading()
    for match in line.matches { try reading.read(match) }
    var operands = line.operands[...]
    reading.request.action = try reading.action(&operands)
    reading.request.positionalParameters = Array(operands)
    reading.request.readParameters(line.rest ?? [])
    // Whoever asks for help or the version gets it whatever else is wrong.
    if reading.request.action != .help, reading.request.action != .version {
      try reading.check()
      // Nothing in the language reads them yet: bpftrace refuses what the program does not ask for.
      if !reading.request.namedParameters.isEmpty {
        throw .unexpectedParameters(reading.request.namedParameters.map(\.name))
      }
      (reading.request.environment, reading.request.settings) = try TraceEnvironment.read(variables)
    }
    self = reading.request
  }

  /// What stands behind `--`: named parameters, and positional ones that begin with a hyphen.
  private mutating func readParameters(_ words: [String]) {
    for word in words {
      guard word.hasPrefix("--"), word.count > 2 else {
        positionalParameters.append(word)
        continue
      }
      let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      namedParameters.append(.init(name: String(parts[0]), value: parts.count > 1 ? String(parts[1]) : nil))
    }
  }
}

/// The options read so far, before it is clear what they ask for together.
private struct OptionReading {
  var request = TraceRequest(.help)
  private var programText: String?
  private var wantsList = false
  private var wantsDryRun = false
  private var compilesOnly = false
  private var immediate: TraceRequest.Action?
  private var warningOptions: [TraceOption] = []

  mutating func read(_ match: OptionParser<TraceOption>.Match) throws(UsageError) {
    let argument = match.argument ?? ""
    switch match.name {
    case .program:
      if programText != nil { throw .twoPrograms }
      programText = argument
    case .list: wantsList = true
    case .dryRun: wantsDryRun = true
    case .debugStage: try readStages(match.argument)
    case .mode: try readMode(argument)
    case .help, .version, .info: immediate = immediate ?? Self.immediateActions[match.name]
    case .pid: request.pid = try Self.pid(argument, option: "pid")
    case .command: request.command = argument
    case .output: request.outputPath = argument
    case .format:
      guard let format = TraceRequest.Format(rawValue: argument) else { throw .invalidFormat(argument) }
      request.format = format
    case .buffering:
      guard let buffering = TraceRequest.Buffering(rawValue: argument) else { throw .invalidBuffering(argument) }
      request.buffering = buffering
    case .quiet: request.isQuiet = true
    case .verbose: request.isVerbose = true
    case .warnings, .noWarnings: warningOptions.append(match.name)
    case .unsafe: request.allowsUnsafe = true
    case .probeFilter: request.probeFilter = argument
    case .noFeature:
      for word in argument.split(separator: ",", omittingEmptySubsequences: false) {
        guard let feature = TraceRequest.SwitchableFeature(rawValue: String(word)) else {
          throw .invalidFeature(String(word))
        }
        request.withoutFeatures.insert(feature)
      }
    case .includeDirectory: request.includeDirectories.append(argument)
    case .debugInfo: request.debugInfoDirectories += argument.split(separator: ":").map(String.init)
    case .traceableFunctions: request.traceableFunctionsPath = argument
    case .emitLLVM, .withoutEffect: break
    case .includeFile, .usdtFileActivation, .dwarfPID, .test, .bench, .formatScript, .emitELF, .aheadOfTime:
      throw .unsupportedOption(match.spelling)
    }
  }

  private static let immediateActions: [TraceOption: TraceRequest.Action] = [
    .help: .help, .version: .version, .info: .info,
  ]

  /// What to do, by the options and the first operand, which is taken when it names the program or the search.
  mutating func action(_ operands: inout ArraySlice<String>) throws(UsageError) -> TraceRequest.Action {
    if let immediate { return immediate }
    if wantsList, programText == nil { return .listMatching(operands.popFirst()) }
    let program: TraceRequest.Program
    if let programText {
      program = .text(programText)
    } else if let path = operands.popFirst() {
      program = path == "-" ? .standardInput : .file(path)
    } else {
      throw .noProgram
    }
    if wantsList { return .listProbes(of: program) }
    if compilesOnly { return .compile(program) }
    return wantsDryRun ? .dryRun(program) : .run(program)
  }

  /// What is only wrong together with something else.
  mutating func check() throws(UsageError) {
    if request.pid != nil, request.command != nil { throw .pidAndCommand }
    if warningOptions.filter({ $0 == .warnings }).count > 1 { throw .repeatedWarnings }
    if Set(warningOptions).count > 1 { throw .warningsBothWays }
    if let option = warningOptions.first { request.warnings = option == .warnings ? .all : .none }
  }

  private mutating func readStages(_ argument: String?) throws(UsageError) {
    // Who looks at stages does not want the output of the run between them.
    compilesOnly = true
    guard let argument else {
      request.stages = Set(TraceRequest.Stage.allCases).subtracting([.verifier])
      return
    }
    for word in argument.split(separator: ",", omittingEmptySubsequences: false) {
      switch word {
      case "all": request.stages = Set(TraceRequest.Stage.allCases)
      case "parse": request.stages.insert(.ast)
      case "codegen": request.stages.insert(.ssa)
      case "codegen-opt", "dis": request.stages.insert(.bytecode)
      case "libbpf": request.isVerbose = true
      default:
        guard let stage = TraceRequest.Stage(rawValue: String(word)) else { throw .invalidStage(String(word)) }
        request.stages.insert(stage)
      }
    }
  }

  private mutating func readMode(_ argument: String) throws(UsageError) {
    switch argument {
    case "codegen": compilesOnly = true
    case "compiler-bench", "bench", "test", "format": throw .unsupportedOption("--mode \(argument)")
    default: throw .invalidMode(argument)
    }
  }

  /// A process id, from 1 to the largest that a kernel gives (`PID_MAX_LIMIT`, 4194304, in `linux/threads.h`).
  private static func pid(_ text: String, option: String) throws(UsageError) -> Int32 {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    if digits.isEmpty { throw .invalidInteger(text, option: option) }
    if digits.count < text.count {
      throw .trailingBytes(String(text.dropFirst(digits.count)), of: text, option: option)
    }
    guard let pid = Int32(digits), (1...4_194_304).contains(pid) else { throw .pidOutOfRange(text) }
    return pid
  }
}
