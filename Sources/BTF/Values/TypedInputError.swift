/// A typed value that a type cannot take.
public enum TypedInputError: Error, Hashable, Sendable {
  /// The text is no value; the place counts characters from the first.
  case syntax(expected: String, at: Int)
  /// The value is of another sort than the type; the path leads from the outermost type to the one at fault.
  case mismatch(path: String, type: String, given: String, expected: String)
  /// The value does not fit into the type's bits.
  case outOfRange(path: String, type: String, given: String, range: String)
  /// A struct or union has no such member.
  case unknownMember(path: String, type: String, name: String, members: [String])
  /// The type itself is malformed.
  case malformed(BTFError)
}

extension TypedInputError: CustomStringConvertible {
  /// What was given and what was expected.
  public var description: String {
    switch self {
    case .syntax(let expected, let place): "\(expected) expected at character \(place + 1)"
    case .mismatch(let path, let type, let given, let expected):
      "\(Self.prefix(path))\(given) is no \(type): \(expected) expected"
    case .outOfRange(let path, let type, let given, let range):
      "\(Self.prefix(path))\(given) does not fit into \(type): \(range)"
    case .unknownMember(let path, let type, let name, let members):
      "\(Self.prefix(path))\(type) has no member '\(name)'; it has \(members.joined(separator: ", "))"
    case .malformed(let error): "\(error)"
    }
  }

  private static func prefix(_ path: String) -> String { path.isEmpty ? "" : "\(path): " }
}
