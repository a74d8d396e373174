internal import Diagnostics
internal import ProbeCatalog

/// Takes a command line apart by the rules of GNU `getopt_long(3)`.
///
/// Options may stand anywhere among the operands; letters may share a hyphen (`-vp 1`); an argument may be joined
/// (`-p1`, `--pid=1`) or follow; words may be shortened as long as one option is meant; `--` ends the options.
struct OptionParser<Name: Hashable & Sendable>: Sendable {
  /// One option as it was met.
  struct Match: Hashable, Sendable {
    var name: Name
    /// As the person wrote it, without the argument: `-p` or `--pid`.
    var spelling: String
    /// The argument, nil for an option that takes none or was given none.
    var argument: String?
  }

  /// A command line taken apart.
  struct Result: Hashable, Sendable {
    var matches: [Match] = []
    /// What is no option and no option's argument, before `--`.
    var operands: [String] = []
    /// Everything behind `--`; nil when there is no `--`.
    var rest: [String]?
  }

  var table: OptionTable<Name>

  init(_ table: OptionTable<Name>) { self.table = table }

  func parse(_ arguments: [String]) throws(OptionError) -> Result {
    var result = Result()
    var remaining = arguments[...]
    while let argument = remaining.popFirst() {
      if argument == "--" {
        result.rest = Array(remaining)
        break
      } else if argument.hasPrefix("--") {
        result.matches.append(try word(argument, following: &remaining))
      } else if argument.hasPrefix("-"), argument != "-" {
        result.matches += try letters(argument.dropFirst(), following: &remaining)
      } else {
        result.operands.append(argument)
      }
    }
    return result
  }

  private func word(_ argument: String, following: inout ArraySlice<String>) throws(OptionError) -> Match {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let spelling = String(parts[0])
    let joined = parts.count > 1 ? String(parts[1]) : nil
    let option = try option(spelledOut: spelling)
    var match = Match(name: option.name, spelling: spelling, argument: joined)
    switch option.argument {
    case .none:
      if joined != nil { throw .unexpectedArgument(spelling) }
    case .required(let placeholder):
      match.argument = joined ?? following.popFirst()
      if match.argument == nil { throw .missingArgument(spelling, placeholder: placeholder) }
    case .optional(_, let choices):
      if joined == nil { match.argument = Self.takeChoice(choices, from: &following) }
    }
    return match
  }

  /// The option that `spelling` names or, when no other begins so, shortens.
  private func option(spelledOut spelling: String) throws(OptionError) -> Option<Name> {
    let word = spelling.dropFirst(2)
    let options = table.options
    if let option = options.first(where: { $0.words.contains(String(word)) }) { return option }
    let begun = options.filter { option in option.words.contains { $0.hasPrefix(word) } }
    if let option = begun.first, Set(begun.map(\.name)).count == 1 { return option }
    let words = (begun.isEmpty ? options : begun).flatMap(\.words)
    if begun.isEmpty {
      throw .unknownWord(
        spelling, nearest: NearestNames.nearest(to: String(word), among: words).first.map { "--\($0)" })
    }
    throw .ambiguousWord(spelling, possible: words.filter { $0.hasPrefix(word) }.map { "--\($0)" })
  }

  private func letters(
    _ letters: Substring, following: inout ArraySlice<String>
  ) throws(OptionError) -> [Match] {
    var matches: [Match] = []
    var remaining = letters
    while let letter = remaining.popFirst() {
      guard let option = table.options.first(where: { $0.letters.contains(letter) }) else {
        throw .unknownLetter(letter)
      }
      var match = Match(name: option.name, spelling: "-\(letter)")
      switch option.argument {
      case .none:
        break
      case .required(let placeholder):
        match.argument = remaining.isEmpty ? following.popFirst() : String(remaining)
        if match.argument == nil { throw .missingArgument(match.spelling, placeholder: placeholder) }
        remaining = ""
      case .optional(_, let choices):
        if remaining.isEmpty {
          match.argument = Self.takeChoice(choices, from: &following)
        } else if Self.isChoice(String(remaining), among: choices) {
          match.argument = String(remaining)
          remaining = ""
        }
      }
      matches.append(match)
    }
    return matches
  }

  private static func takeChoice(_ choices: [String], from following: inout ArraySlice<String>) -> String? {
    guard let next = following.first, isChoice(next, among: choices) else { return nil }
    return following.popFirst()
  }

  /// Whether every part of a comma-separated list is one of `choices`.
  private static func isChoice(_ text: String, among choices: [String]) -> Bool {
    text.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { choices.contains(String($0)) }
  }
}
