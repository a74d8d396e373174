internal import BPF
internal import BPFRun

/// What one call of `bpf run` is asked to do: its command line, read and checked.
struct RunRequest: Hashable, Sendable {
  /// What is run, by the end of its name.
  enum Source: Hashable, Sendable {
    /// A finished object file.
    case object(String)
    /// A source in C: `.c`.
    case c(String)
    /// Sources in Swift, which become one module: `.swift`.
    case swift([String])
  }

  var source: Source?
  var asksForHelp = false
  var settings: [VariableSetting] = []
  var targets = AttachmentTargets()
  var recordTypes: [String: String] = [:]
  var interval: Int64?
  var duration: Int64?
  var command: String?
  var outputPath: String?
  var format = RunOptions.Format.text
  var isQuiet = false
  var isVerbose = false
  /// Arguments for the compiler of a source in C.
  var compilerArguments: [String] = []
  /// Where modules and headers are looked for.
  var searchFolders: [String] = []
  /// The sources of another kernel-side library than the command's own.
  var libraryFolder: String?
  /// The line to print once everything is attached: the name of `__BPFTRACE_NOTIFY_PROBES_ATTACHED`, when it is set.
  var attachedNotice: String?

  /// Reads a command line without its first word, and the environment.
  init(arguments: [String], environment: [String: String] = [:]) throws(RunUsageError) {
    let line: OptionParser<RunOption>.Result
    do throws(OptionError) { line = try OptionParser(RunOption.table).parse(arguments) } catch { throw .option(error) }
    for match in line.matches { try read(match) }
    if asksForHelp { return }
    let operands = line.operands + (line.rest ?? [])
    guard let path = operands.first else { throw .noFile }
    let isSwift = operands.allSatisfy { $0.hasSuffix(".swift") }
    if operands.count > 1, !isSwift { throw .tooManyFiles(Array(operands.dropFirst())) }
    if targets.process != nil, command != nil { throw .pidAndCommand }
    source = isSwift ? .swift(operands) : path.hasSuffix(".c") ? .c(path) : .object(path)
    let notice = "__BPFTRACE_NOTIFY_PROBES_ATTACHED"
    if environment[notice] != nil { attachedNotice = notice }
  }

  private mutating func read(_ match: OptionParser<RunOption>.Match) throws(RunUsageError) {
    let argument = match.argument ?? ""
    switch match.name {
    case .set:
      do throws(SettingError) { settings.append(try VariableSetting(parsing: argument)) } catch {
        throw .setting(error)
      }
    case .pid:
      // The largest number that a kernel gives is 4194304 (`PID_MAX_LIMIT` in `linux/threads.h`).
      guard let process = Int32(argument), (1...4_194_304).contains(process) else {
        throw .badNumber(argument, option: match.spelling, expected: "a process id")
      }
      targets.process = process
    case .device: targets.interfaces.append(argument)
    case .controlGroup: targets.controlGroups.append(argument)
    case .frequency:
      guard let frequency = UInt64(argument), frequency > 0 else {
        throw .badNumber(argument, option: match.spelling, expected: "calls a second")
      }
      targets.frequency = frequency
    case .event:
      let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { throw .badEvent(argument) }
      let words = parts[1].split(separator: " ")
      // "struct event" as C writes it.
      recordTypes[parts[0]] = words.last.map(String.init) ?? parts[1]
    case .interval: interval = try Self.nanoseconds(argument, match.spelling)
    case .duration: duration = try Self.nanoseconds(argument, match.spelling)
    case .command: command = argument
    case .output: outputPath = argument
    case .format:
      guard let format = RunOptions.Format(rawValue: argument) else { throw .badFormat(argument) }
      self.format = format
    case .quiet: isQuiet = true
    case .verbose: isVerbose = true
    case .define: compilerArguments.append("-D\(argument)")
    case .include:
      compilerArguments.append("-I\(argument)")
      searchFolders.append(argument)
    case .library: libraryFolder = argument
    case .help: asksForHelp = true
    }
  }

  /// Seconds, which may have a fraction.
  private static func nanoseconds(_ text: String, _ option: String) throws(RunUsageError) -> Int64 {
    guard let seconds = Double(text), seconds > 0, seconds <= 1e9 else {
      throw .badNumber(text, option: option, expected: "seconds")
    }
    return max(1, Int64(seconds * 1e9))
  }

  /// How the object is to be run.
  var options: RunOptions {
    var options = RunOptions()
    options.targets = targets
    options.recordTypes = recordTypes
    options.format = format
    options.isQuiet = isQuiet
    options.isVerbose = isVerbose
    options.interval = interval
    options.duration = duration
    options.watchesStandardOutput = outputPath == nil
    options.attachedNotice = attachedNotice
    return options
  }
}

/// What is wrong with a command line of `bpf run`.
enum RunUsageError: Error, Hashable, Sendable {
  case option(OptionError)
  case noFile
  case tooManyFiles([String])
  case pidAndCommand
  case setting(SettingError)
  case badNumber(String, option: String, expected: String)
  case badEvent(String)
  case badFormat(String)
}

extension RunUsageError: CustomStringConvertible {
  var description: String {
    switch self {
    case .option(let error): error.description
    case .noFile: "a file is needed: a source (.bpf.swift, .bpf.c) or an object (.o)"
    case .tooManyFiles(let files): "one file is run at a time; what is '\(files.joined(separator: " "))'?"
    case .pidAndCommand: "--pid and --cmd cannot be given together"
    case .setting(let error): "--set: \(error)"
    case .badNumber(let text, let option, let expected): "\(option): '\(text)' is no number of \(expected)"
    case .badEvent(let text): "--event: '\(text)' is not of the form MAP=STRUCT"
    case .badFormat(let text): "there is no format '\(text)'; formats: text, json"
    }
  }
}
