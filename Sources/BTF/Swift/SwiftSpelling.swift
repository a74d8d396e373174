/// How names of C are written in Swift.
public enum SwiftSpelling {
  /// A name of C where a declaration or an expression names it: in backticks when it is a word of Swift's own.
  public static func identifier(_ name: String) -> String { reserved.contains(name) ? "`\(name)`" : name }

  /// A type's name: `open_event` as `OpenEvent`; what has capitals at its beginning stays.
  public static func typeName(_ name: String) -> String {
    let parts = name.split(separator: "_")
    guard let first = name.first(where: { $0 != "_" }), !first.isUppercase else { return name }
    return parts.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  /// What cannot name a member or a variable without backticks: the keywords of declarations, statements and
  /// expressions (The Swift Programming Language, "Keywords and Punctuation").
  private static let reserved: Set<String> = [
    "actor", "as", "associatedtype", "await", "break", "case", "catch", "class", "continue", "default", "defer",
    "deinit",
    "do", "else", "enum", "extension", "fallthrough", "false", "fileprivate", "for", "func", "guard", "if", "import",
    "in",
    "init", "inout", "internal", "is", "let", "nil", "operator", "precedencegroup", "private", "protocol", "public",
    "repeat", "rethrows", "return", "self", "Self", "static", "struct", "subscript", "super", "switch", "throw",
    "throws",
    "true", "try", "typealias", "var", "where", "while", "Any", "Type", "Protocol",
  ]
}

extension TypeGraph {
  /// The Swift type of an integer, an enum's value or a float; nil for other types and unusual widths.
  func swiftNumber(_ id: TypeID) throws(BTFError) -> String? {
    switch try resolvedType(id) {
    case .integer(let type):
      if type.isBoolean, type.size == 1 { return "Bool" }
      // A character is a byte of text.
      if type.isCharacter { return "UInt8" }
      guard [1, 2, 4, 8, 16].contains(type.size) else { return nil }
      return "\(type.isSigned ? "Int" : "UInt")\(type.size * 8)"
    case .enumeration(let type):
      guard [1, 2, 4, 8].contains(type.size) else { return nil }
      return "\(type.isSigned ? "Int" : "UInt")\(type.size * 8)"
    case .float(let type): return type.size == 4 ? "Float" : type.size == 8 ? "Double" : nil
    default: return nil
    }
  }
}
