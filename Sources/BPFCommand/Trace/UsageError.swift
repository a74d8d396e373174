/// What is wrong with a command line of `bpf trace`; the run ends with status 1.
enum UsageError: Error, Hashable, Sendable {
  case option(OptionError)
  case noProgram
  case twoPrograms
  case pidAndCommand
  case invalidInteger(String, option: String)
  case trailingBytes(String, of: String, option: String)
  case pidOutOfRange(String)
  case invalidFormat(String)
  case invalidBuffering(String)
  case invalidMode(String)
  case invalidStage(String)
  case invalidColour(String)
  case invalidFeature(String)
  case repeatedWarnings
  case warningsBothWays
  case unsupportedOption(String)
  case unexpectedParameters([String])
}

extension UsageError: CustomStringConvertible {
  var description: String {
    switch self {
    case .option(let error):
      error.description
    case .noProgram:
      "a program is needed: the name of a file, '-' for standard input, or -e PROGRAM"
    case .twoPrograms:
      "-e can be given once only: put several probes into one program, one after the other"
    case .pidAndCommand:
      "Cannot use both -c CMD and -p PID."
    case .invalidInteger(let text, let option):
      "Failed to parse \(option): invalid integer: \(text)"
    case .trailingBytes(let bytes, let text, let option):
      "Failed to parse \(option): invalid trailing bytes: \(bytes) (in \(text))"
    case .pidOutOfRange(let text):
      "Pid out of range: \(text)"
    case .invalidFormat(let text):
      "Invalid output format \"\(text)\"\nValid formats: 'text', 'json'"
    case .invalidBuffering(let text):
      "-B must be either 'line', 'full', or 'none', not '\(text)'"
    case .invalidMode(let text):
      "--mode can only be 'codegen', 'compiler-bench', 'bench', 'test' or 'format', not '\(text)'"
    case .invalidStage(let text):
      "there is no stage '\(text)' to print; stages: \(TraceOption.stageNames.joined(separator: ", "))"
    case .invalidColour(let text):
      "BPFTRACE_COLOR can only be 'auto', 'always' or 'never', not '\(text)'"
    case .invalidFeature(let text):
      "--no-feature can only have values '\(TraceRequest.SwitchableFeature.list)', not '\(text)'"
    case .repeatedWarnings:
      "-k can be given once only: -k alone warns of all failing helpers"
    case .warningsBothWays:
      "Cannot use both -k and --no-warnings."
    case .unsupportedOption(let option):
      "this version has no \(option) yet"
    case .unexpectedParameters(let names):
      "unexpected program command line options: \(names.map { "--\($0)" }.joined(separator: ", "))\n"
        + "Programs have positional parameters, $1 and so on; this version has no getopt() yet"
    }
  }
}
