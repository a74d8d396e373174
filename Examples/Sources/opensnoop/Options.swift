/// What opensnoop is asked for.
struct Options {
  var process: UInt32?
  var thread: UInt32?
  var user: UInt32?
  /// Only commands with this text in their names.
  var name: String?
  var showsOnlyFailures = false
  var showsTime = false
  var showsUser = false
  var showsExtendedFields = false
  var showsFullPaths = false
  /// Only files that were opened with all of these flags, or of any of several such words.
  var flags: Int32 = 0
  /// How many seconds to run.
  var duration: Double?

  static let usage = """
    usage: opensnoop [-T] [-U] [-x] [-p PID] [-t TID] [-u UID] [-d DURATION] [-n NAME] [-e] [-f FLAG] [-F]
      -T  show the time of each line, in seconds since the start
      -U  show the user
      -x  show only what could not be opened
      -p  only this process         -t  only this thread        -u  only this user
      -d  stop after so many seconds
      -n  only commands with this text in their names
      -e  show the flags and the mode too
      -f  only with this flag, as in O_WRONLY; may be given several times
      -F  show full paths
    """

  /// What is wrong with the command line.
  struct Mistake: Error, CustomStringConvertible {
    var description: String
  }

  /// The names of `open(2)`'s flags and their numbers on x86-64.
  private static let flagNumbers: [String: Int32] = [
    "O_WRONLY": 0o1, "O_RDWR": 0o2, "O_CREAT": 0o100, "O_EXCL": 0o200, "O_NOCTTY": 0o400, "O_TRUNC": 0o1000,
    "O_APPEND": 0o2000, "O_NONBLOCK": 0o4000, "O_DSYNC": 0o10000, "O_DIRECTORY": 0o200000, "O_NOFOLLOW": 0o400000,
    "O_CLOEXEC": 0o2000000, "O_PATH": 0o10000000,
  ]

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    func value(_ option: String) throws -> String {
      guard let value = rest.popFirst() else { throw Mistake(description: "\(option) needs a value") }
      return value
    }
    func number<Number: LosslessStringConvertible>(_ option: String) throws -> Number {
      let text = try value(option)
      guard let number = Number(text) else { throw Mistake(description: "\(option) needs a number, not '\(text)'") }
      return number
    }
    while let option = rest.popFirst() {
      switch option {
      case "-T", "--timestamp": showsTime = true
      case "-U", "--print-uid": showsUser = true
      case "-x", "--failed": showsOnlyFailures = true
      case "-e", "--extended_fields": showsExtendedFields = true
      case "-F", "--full-path": showsFullPaths = true
      case "-p", "--pid": process = try number(option)
      case "-t", "--tid": thread = try number(option)
      case "-u", "--uid": user = try number(option)
      case "-d", "--duration": duration = try number(option)
      case "-n", "--name": name = try value(option)
      case "-f", "--flag_filter":
        let flag = try value(option)
        guard let number = Self.flagNumbers[flag] else { throw Mistake(description: "'\(flag)' is no flag of open(2)") }
        flags |= number
      case "-h", "--help": throw Mistake(description: Self.usage)
      default: throw Mistake(description: "'\(option)' is not known\n\(Self.usage)")
      }
    }
  }
}
