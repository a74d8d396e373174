/// What is wrong with an option on the command line; spelled as it was written there.
enum OptionError: Error, Hashable, Sendable {
  /// A letter that is no option.
  case unknownLetter(Character)
  /// A word that is no option.
  case unknownWord(String, nearest: String?)
  /// The beginning of several words.
  case ambiguousWord(String, possible: [String])
  /// An option without the argument that it needs.
  case missingArgument(String, placeholder: String)
  /// An option with an argument that it does not take.
  case unexpectedArgument(String)
}

extension OptionError: CustomStringConvertible {
  // The first words are those of getopt_long(3), for scripts look for them.
  var description: String {
    switch self {
    case .unknownLetter(let letter):
      "invalid option -- '\(letter)'"
    case .unknownWord(let word, let nearest):
      "unrecognized option '\(word)'" + (nearest.map { "; did you mean '\($0)'?" } ?? "")
    case .ambiguousWord(let word, let possible):
      "option '\(word)' is ambiguous; possibilities: " + possible.map { "'\($0)'" }.joined(separator: " ")
    case .missingArgument(let option, let placeholder):
      option.hasPrefix("--")
        ? "option '\(option)' requires an argument (\(placeholder))"
        : "option requires an argument -- '\(option.dropFirst())' (\(placeholder))"
    case .unexpectedArgument(let option):
      "option '\(option)' doesn't allow an argument"
    }
  }
}
