internal import Glibc

/// A test of texts by a regular expression, which may match anywhere in them.
///
/// The C library's extended expressions (`regcomp(3)`), to which the usual spellings of other dialects are brought:
/// `\d`, `\w`, `\s` and their opposites, groups that are not numbered, and quantifiers that take as little as they can.
public final class RegularExpression {
  /// Why a text is no regular expression.
  public struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    /// In words.
    public let description: String
  }

  private var compiled = regex_t()

  /// Reads an expression.
  ///
  /// - Throws: ``Failure`` for a malformed one, and for what an expression of this kind cannot say.
  public init(_ expression: String) throws(Failure) {
    let text = try Self.extended(expression)
    let code = regcomp(&compiled, text, REG_EXTENDED | REG_NOSUB)
    guard code != 0 else { return }
    var message = [CChar](repeating: 0, count: 128)
    _ = regerror(code, &compiled, &message, message.count)
    throw Failure(
      description: String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
  }

  deinit { regfree(&compiled) }

  /// Whether the expression matches anywhere in a text.
  public func matches(_ text: String) -> Bool { regexec(&compiled, text, 0, nil, 0) == 0 }

  /// The same expression as `regcomp` spells it.
  static func extended(_ expression: String) throws(Failure) -> String {
    if expression.utf8.contains(0) { throw Failure(description: "a NUL has no place in an expression") }
    var text = ""
    var rest = Substring(expression)
    var isInSet = false
    while let character = rest.popFirst() {
      switch character {
      case "\\":
        guard let escaped = rest.popFirst() else { throw Failure(description: "nothing follows the last '\\'") }
        text += try translated(escaped, isInSet: isInSet)
      case "[" where !isInSet:
        isInSet = true
        text += "["
        // A bracket that comes first in a set means itself.
        if rest.first == "^" { text.append(rest.removeFirst()) }
        if rest.first == "]" { text.append(rest.removeFirst()) }
      case "[" where [":", ".", "="].contains(rest.first):
        guard let end = rest.firstIndex(of: "]") else { throw Failure(description: "a '[' without its ']'") }
        text += "[" + rest[...end]
        rest = rest[rest.index(after: end)...]
      case "]" where isInSet:
        isInSet = false
        text += "]"
      case "(" where !isInSet && rest.first == "?":
        guard rest.hasPrefix("?:") else {
          throw Failure(description: "'(?\(rest.dropFirst().prefix(1))': groups can only be '(…)' and '(?:…)'")
        }
        rest = rest.dropFirst(2)
        text += "("
      case "*", "+", "?", "}":
        text.append(character)
        // How much is taken makes no difference to whether there is a match.
        if !isInSet, rest.first == "?" { rest.removeFirst() }
      default: text.append(character)
      }
    }
    return text
  }

  private static func translated(_ escaped: Character, isInSet: Bool) throws(Failure) -> String {
    let sets: [Character: String] = ["d": "0-9", "w": "[:alnum:]_", "s": "[:space:]"]
    if let set = sets[escaped] { return isInSet ? set : "[\(set)]" }
    switch escaped {
    case "D" where !isInSet: return "[^0-9]"
    case "W" where !isInSet: return "[^[:alnum:]_]"
    case "S" where !isInSet: return "[^[:space:]]"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "b" where !isInSet, "B" where !isInSet: return "\\\(escaped)"
    case "1"..."9" where !isInSet: return "\\\(escaped)"
    default:
      if escaped.isLetter || escaped.isNumber { throw Failure(description: "'\\\(escaped)' means nothing here") }
      return isInSet ? "[.\(escaped).]" : "\\\(escaped)"
    }
  }
}
