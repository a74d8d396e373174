internal import BPFBuild

/// What a command line asks to be built.
struct BuildRequest: Hashable, Sendable {
  var sources: [String] = []
  /// Where the result goes; `-` is the standard output, nil the source's name with another ending.
  var output: String?
  /// Where typed access to the object goes, as Swift with the object inside; nil for nowhere.
  var bindings: String?
  /// What the type of the bindings is called; nil for the source's name.
  var bindingsName: String?
  var options = BuildOptions()
  var stage = BuildStage.object
  /// Whether commands and times are told.
  var isVerbose = false
  var wantsHelp = false

  /// Reads the words behind `bpf build`.
  init(_ arguments: [String]) throws(BuildUsageError) {
    var remaining = arguments[...]
    while let word = remaining.popFirst() {
      switch word {
      case "-o", "--output": output = try Self.argument(of: word, nil, &remaining)
      case "-I": options.searchFolders.append(try Self.argument(of: word, nil, &remaining))
      case "-g": options.keepsDebugInformation = true
      case "-w": options.warns = false
      case "--strip": options.keepsDebugInformation = false
      case "-v", "--verbose": isVerbose = true
      case "--prove": options.traps = .prove
      case "-h", "--help": wantsHelp = true
      case "--":
        sources += remaining
        remaining = []
      default: try readLong(word, &remaining)
      }
    }
    if !wantsHelp, sources.isEmpty { throw .noSource }
  }

  private mutating func readLong(_ word: String, _ remaining: inout ArraySlice<String>) throws(BuildUsageError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let joined = parts.count > 1 ? parts[1] : nil
    switch parts[0] {
    case "--isa":
      options.instructionSet = try Self.choice(parts[0], joined, &remaining)
    case "--traps":
      options.traps = try Self.choice(parts[0], joined, &remaining)
    case "--emit":
      stage = try Self.choice(parts[0], joined, &remaining)
    case "--output":
      output = joined
    case "--bindings":
      bindings = try Self.argument(of: parts[0], joined, &remaining)
    case "--name":
      bindingsName = try Self.argument(of: parts[0], joined, &remaining)
    case "--source-root":
      options.sourceRoot = try Self.argument(of: parts[0], joined, &remaining)
    case "--library":
      options.libraryFolder = try Self.argument(of: parts[0], joined, &remaining)
    case "--cache":
      options.cache = CacheFolder(try Self.argument(of: parts[0], joined, &remaining))
    default:
      if word.hasPrefix("-I"), word.count > 2 {
        options.searchFolders.append(String(word.dropFirst(2)))
      } else if word.hasPrefix("-o"), word.count > 2, !word.hasPrefix("--") {
        output = String(word.dropFirst(2))
      } else if word.hasPrefix("-"), word != "-" {
        throw .unknownOption(word)
      } else {
        sources.append(word)
      }
    }
  }

  private static func argument(
    of option: String, _ joined: String?, _ remaining: inout ArraySlice<String>
  ) throws(BuildUsageError) -> String {
    if let joined { return joined }
    guard let argument = remaining.popFirst() else { throw .missingArgument(option) }
    return argument
  }

  private static func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ option: String, _ joined: String?, _ remaining: inout ArraySlice<String>
  ) throws(BuildUsageError) -> Choice {
    let word = try argument(of: option, joined, &remaining)
    guard let choice = Choice(rawValue: word) else {
      throw .unknownChoice(option: option, word: word, choices: Choice.allCases.map(\.rawValue))
    }
    return choice
  }

  /// Where the result goes when nobody says: beside the source, `a.bpf.swift` becoming `a.bpf.o`.
  var outputPath: String {
    if let output { return output }
    var name = sources.first ?? ""
    for ending in [".bpf.swift", ".bpf.c", ".swift", ".c"] where name.hasSuffix(ending) {
      name.removeLast(ending.count)
      break
    }
    return stage == .object ? "\(name).bpf.o" : "-"
  }
}

/// What is wrong with a command line.
enum BuildUsageError: Error, Hashable, Sendable, CustomStringConvertible {
  case noSource
  case unknownOption(String)
  case missingArgument(String)
  case unknownChoice(option: String, word: String, choices: [String])

  var description: String {
    switch self {
    case .noSource: "no source file is named"
    case .unknownOption(let option): "unknown option '\(option)'"
    case .missingArgument(let option): "option '\(option)' requires an argument"
    case .unknownChoice(let option, let word, let choices):
      "option '\(option)' takes \(choices.joined(separator: ", ")), not '\(word)'"
    }
  }
}
