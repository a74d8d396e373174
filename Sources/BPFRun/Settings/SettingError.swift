public import BTF

/// Why a variable cannot be set as it was asked for.
public enum SettingError: Error, Hashable, Sendable {
  /// The text is not of the form `NAME=VALUE`.
  case malformed(String)
  /// The object has no such variable; `nearest` are some that may have been meant.
  case unknown(String, object: String, nearest: [String], all: [String])
  /// The object has no types by which a value could be read.
  case untyped(String)
  /// The type of the variable has no such member.
  case noSuchMember(String, BTFError)
  /// The value is none of the variable's type.
  case value(name: String, TypedInputError)
  /// A variable lies outside its section.
  case malformedObject(String)
}

extension SettingError: CustomStringConvertible {
  /// One line with the facts.
  public var description: String {
    switch self {
    case .malformed(let text): "'\(text)' sets nothing: expected NAME=VALUE"
    case .unknown(let name, let object, let nearest, let all):
      "\(object) has no variable '\(name)'"
        + (nearest.first.map { "; did you mean '\($0)'?" }
          ?? (all.isEmpty ? ": it has none" : "; it has \(all.joined(separator: ", "))"))
    case .untyped(let name): "variable '\(name)' cannot be set: the object does not say its type (no BTF)"
    case .noSuchMember(let name, let error): "'\(name)': \(error)"
    case .value(let name, let error): "\(name): \(error)"
    case .malformedObject(let name): "variable '\(name)' lies outside its section"
    }
  }
}
