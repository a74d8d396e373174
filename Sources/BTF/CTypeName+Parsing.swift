extension CTypeName {
  /// Parses a type name: `unsigned long`, `struct pt_regs`, `const char *`, `__u8[16]`.
  ///
  /// - Throws: ``BTFError/Reason/badTypeName(_:)`` when the text is something else.
  public init(_ text: String) throws(BTFError) {
    let declaration = try CDeclaration(text)
    guard declaration.name.isEmpty else { throw BTFError(.badTypeName(text)) }
    self = declaration.type
  }
}

/// A type and the name that it is given: `unsigned char dest[6]`, `struct file *file`.
///
/// Tracepoint format files have their fields in this form.
public struct CDeclaration: Hashable, Sendable {
  /// What is declared.
  public var type: CTypeName
  /// What it is called; empty when the text is only a type.
  public var name: String

  /// Parses a declaration.
  ///
  /// Of two words that could both be a type, the last one is the name.
  ///
  /// - Throws: ``BTFError/Reason/badTypeName(_:)`` when the text is something else, or a function's signature.
  public init(_ text: String) throws(BTFError) {
    guard let tokens = CToken.tokens(of: text) else { throw BTFError(.badTypeName(text)) }
    var parser = CDeclarationParser(tokens: tokens[...])
    guard let declaration = parser.parse() else { throw BTFError(.badTypeName(text)) }
    self = declaration
  }

  fileprivate init(type: CTypeName, name: String) {
    self.type = type
    self.name = name
  }
}

/// A word, a number in brackets, or a star.
private enum CToken: Equatable {
  case word(String)
  case star
  case array(Int?)

  /// The tokens of a text; nil when there is something that no type name has.
  static func tokens(of text: String) -> [CToken]? {
    var tokens: [CToken] = []
    var rest = Substring(text).utf8
    while let byte = rest.first {
      if byte == UInt8(ascii: "*") {
        tokens.append(.star)
        rest = rest.dropFirst()
      } else if byte == UInt8(ascii: "[") {
        guard let close = rest.firstIndex(of: UInt8(ascii: "]")) else { return nil }
        let inside = Substring(rest[..<close].dropFirst()).trimmed
        if inside.isEmpty {
          tokens.append(.array(nil))
        } else if let count = Int(cLiteral: inside) {
          tokens.append(.array(count))
        } else {
          return nil
        }
        rest = rest[close...].dropFirst()
      } else if byte.isWordByte {
        let word = rest.prefix { $0.isWordByte }
        guard !byte.isDigit else { return nil }
        tokens.append(.word(String(Substring(word))))
        rest = rest.dropFirst(word.count)
      } else if byte.isSpace {
        rest = rest.dropFirst()
      } else {
        return nil
      }
    }
    return tokens
  }
}

private struct CDeclarationParser {
  var tokens: ArraySlice<CToken>
  private var type = CTypeName("", tag: nil)
  private var integerWords: [String] = []
  private var name = ""

  init(tokens: ArraySlice<CToken>) { self.tokens = tokens }

  mutating func parse() -> CDeclaration? {
    // Arrays that follow each other nest the other way round than they are written.
    var arrays: [CTypeName.Derivation] = []
    while let token = tokens.popFirst() {
      switch token {
      case .star:
        guard hasBase else { return nil }
        guard name.isEmpty else { return nil }
        type.derivations += arrays.reversed()
        arrays = []
        type.derivations.append(.pointer)
      case .array(let count):
        guard hasBase else { return nil }
        arrays.append(.array(count))
      case .word(let word):
        guard take(word, isAfterDerivation: !type.derivations.isEmpty || !arrays.isEmpty) else { return nil }
      }
    }
    type.derivations += arrays.reversed()
    guard hasBase else { return nil }
    if !integerWords.isEmpty {
      guard let base = CInteger.canonicalName(of: integerWords) else { return nil }
      type.base = base
    }
    return CDeclaration(type: type, name: name)
  }

  private var hasBase: Bool { !type.base.isEmpty || !integerWords.isEmpty }

  private mutating func take(_ word: String, isAfterDerivation: Bool) -> Bool {
    switch word {
    case "const", "__const":
      if !isAfterDerivation { type.qualifiers.insert(.const) }
    case "volatile":
      if !isAfterDerivation { type.qualifiers.insert(.volatile) }
    case "restrict", "__restrict": break
    case "__user": type.pointerTags.insert(.user)
    case "__percpu": type.pointerTags.insert(.perCPU)
    case "__rcu": type.pointerTags.insert(.rcu)
    case "__kernel", "__iomem", "__force", "__bitwise", "register", "extern", "static": break
    case "struct", "union", "enum":
      guard !hasBase, type.tag == nil, case .word(let base)? = tokens.popFirst() else { return false }
      type.tag = CTypeName.Tag(rawValue: word)
      type.base = base
    default:
      if CInteger.words.contains(word), type.base.isEmpty, !isAfterDerivation {
        integerWords.append(word)
      } else if !hasBase {
        type.base = word
      } else if name.isEmpty {
        name = word
      } else {
        return false
      }
    }
    return true
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
  fileprivate var isSpace: Bool { self == 0x20 || (0x09...0x0d).contains(self) }
  fileprivate var isWordByte: Bool {
    isDigit || self == UInt8(ascii: "_") || self == UInt8(ascii: "$") || self >= 0x80
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self)
      || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self)
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    var text = self
    while text.utf8.first?.isSpace == true { text = text.dropFirst() }
    while text.utf8.last?.isSpace == true { text = text.dropLast() }
    return text
  }
}

extension Int {
  /// A count as C writes it, decimal or hexadecimal; negative ones are none.
  fileprivate init?(cLiteral text: Substring) {
    let isHexadecimal = text.hasPrefix("0x") || text.hasPrefix("0X")
    let digits = isHexadecimal ? text.dropFirst(2) : text
    guard let first = digits.utf8.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-"),
      let value = Int(digits, radix: isHexadecimal ? 16 : 10)
    else { return nil }
    self = value
  }
}
