import Testing

/// A command line that our bpftrace and another release both run, and the difference there may be.
///
/// `Tests/Commands/peer` holds them as text: `$ ARGUMENTS` for `sh`, both answer alike; with `~ REASON` before it they
/// do not, and lines beginning with `< ` are what the other one writes, with `> ` what ours does. `< ...` alone stands
/// for anything. What begins with `# ` is a heading.
struct PeerCase: Sendable, CustomTestStringConvertible {
  /// Why both may differ, and what each writes; nil for the other where that is not told.
  struct Difference: Sendable {
    var reason: String
    var theirs: [String]?
    var ours: [String]
  }

  struct FormatError: Error, Hashable {
    var line: Int
    var reason: String
  }

  var arguments: String
  var difference: Difference?

  var testDescription: String { arguments }

  /// The cases of a text.
  static func read(_ text: String) throws -> [PeerCase] {
    var cases: [PeerCase] = []
    var reason: String?
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let content = String(line.dropFirst(2))
      func fail(_ reason: String) -> FormatError { FormatError(line: index + 1, reason: reason) }
      switch line.prefix(2) {
      case "", "# ": break
      case "~ ": reason = content
      case "$ ":
        let difference = reason.map { Difference(reason: $0, theirs: [], ours: []) }
        cases.append(PeerCase(arguments: content, difference: difference))
        reason = nil
      case "< ", "> ":
        guard var last = cases.popLast(), var difference = last.difference else {
          throw fail("an answer without a reason why it differs")
        }
        if line.hasPrefix(">") {
          difference.ours.append(content)
        } else if content == "..." {
          difference.theirs = nil
        } else {
          difference.theirs?.append(content)
        }
        last.difference = difference
        cases.append(last)
      default: throw fail("'\(line)' begins with none of # ~ $ < >")
      }
    }
    if let reason { throw FormatError(line: 0, reason: "no command behind '\(reason)'") }
    return cases
  }
}
