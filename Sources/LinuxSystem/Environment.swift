internal import Glibc

/// The environment variables of this process.
public enum Environment {
  /// The value of a variable, nil when it is not set.
  public static func value(of name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    return String(cString: value)
  }

  /// All variables; of a name that is there twice the first counts, as for `getenv(3)`.
  public static var all: [String: String] {
    var variables: [String: String] = [:]
    var next = environ
    while let entry = next.pointee {
      let text = String(cString: entry)
      if let separator = text.firstIndex(of: "=") {
        let name = String(text[..<separator])
        if variables[name] == nil { variables[name] = String(text[text.index(after: separator)...]) }
      }
      next += 1
    }
    return variables
  }
}
