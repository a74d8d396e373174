/// The small pieces of the tree as source text; what they print, the parser reads back.

/// A text's bytes between quotes.
func quoted(_ bytes: [UInt8]) -> String { "\"" + escaped(bytes) + "\"" }

/// A text's bytes with escapes where they cannot stand as they are.
func escaped(_ bytes: [UInt8]) -> String {
  var output = ""
  var pending: [UInt8] = []
  func flush(_ pending: inout [UInt8], _ output: inout String) {
    // Bytes that are no UTF-8 are written by number, so that they come back as they were.
    let text = String(decoding: pending, as: UTF8.self)
    output += text.utf8.elementsEqual(pending) ? text : pending.map(numbered).joined()
    pending = []
  }
  for byte in bytes {
    if byte >= 0x80 {
      pending.append(byte)
      continue
    }
    flush(&pending, &output)
    switch byte {
    case 0x0a: output += "\\n"
    case 0x09: output += "\\t"
    case 0x0d: output += "\\r"
    case UInt8(ascii: "\""): output += "\\\""
    case UInt8(ascii: "\\"): output += "\\\\"
    case 0x20..<0x7f: output.unicodeScalars.append(Unicode.Scalar(byte))
    default: output += numbered(byte)
    }
  }
  flush(&pending, &output)
  return output
}

/// `\xNN`, always of two digits, for a third one would not be part of it.
private func numbered(_ byte: UInt8) -> String {
  "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
}

extension IntegerLiteral {
  /// The number with its suffix; a duration in nanoseconds.
  var source: String {
    if isDuration { return "\(value)ns" }
    var text = String(value)
    if suffix.contains(.unsigned) { text += "u" }
    if suffix.contains(.long) { text += "l" }
    if suffix.contains(.longLong) { text += "ll" }
    return text
  }
}

extension ConfigurationAssignment.Value {
  var source: String {
    switch self {
    case .integer(let value): String(value)
    case .string(let text): quoted(Array(text.utf8))
    case .boolean(let value): String(value)
    case .word(let word): word
    }
  }
}

extension AttachPoint {
  /// The attach point as it can be read again, its name included.
  var source: String {
    (name.map { "\($0)=" } ?? "")
      + parts.enumerated().map { number, part in
        let isPath = Lexer.isPath(
          part: number, ofProvider: provider, beginningWithSlash: part.text.hasPrefix("/"))
        return part.source(isPath: isPath, isQuoted: number == 0 && !Vocabulary.canBeginProbe(part.text))
      }.joined(separator: ":")
  }
}

extension AttachPoint.Part {
  fileprivate func source(isPath: Bool, isQuoted: Bool) -> String {
    if segments.isEmpty { return "\"\"" }
    var output = ""
    for segment in segments {
      switch segment {
      case .text(let text):
        // A digit behind $1 would make another parameter of it.
        let isPlain =
          !isQuoted && text.utf8.allSatisfy { Self.isPlain($0) || isPath && $0 == UInt8(ascii: "/") }
          && (output.isEmpty || text.utf8.first?.isDigit == false)
        output += isPlain ? text : Self.quotedText(text)
      case .parameter(let number): output += "$\(number)"
      case .parameterCount: output += "$#"
      }
    }
    return output
  }

  /// Whether a byte can stand outside of quotes, whatever the place.
  private static func isPlain(_ byte: UInt8) -> Bool {
    if byte.isWordPart { return true }
    switch byte {
    case UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "."),
      UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "@"), UInt8(ascii: "!"), UInt8(ascii: "~"):
      return true
    default: return false
    }
  }

  private static func quotedText(_ text: String) -> String {
    "\"" + text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "\""
  }
}

extension MacroDeclaration.Parameter {
  var source: String {
    switch self {
    case .variable(let name), .map(let name), .expression(let name): name.text
    }
  }
}

extension TypeName: CustomStringConvertible {
  /// The type as it is written.
  public var description: String {
    let base =
      switch base {
      case .named(let name): name
      case .tagged(let tag, let name): "\(tag.rawValue) \(name)"
      case .sized(let name, let count): "\(name)[\(count)]"
      case .typeOf(let operand): "typeof(\(operand.source))"
      case .tuple(let elements): "(" + elements.map(\.description).joined(separator: ", ") + ")"
      }
    return suffixes.reduce(base) { text, suffix in
      switch suffix {
      case .pointer: text + (text.hasSuffix("*") ? "*" : " *")
      case .array(let count): text + "[\(count.map(String.init) ?? "")]"
      }
    }
  }
}

extension TypeOperand {
  /// The operand; what begins with a word stands in parentheses when it is an expression, for it would read as a type.
  var source: String {
    switch self {
    case .type(let type): type.description
    case .expression(let expression): expression.sourceAsOperand
    }
  }
}

extension CDefine {
  /// What stands behind `#define `.
  var source: String {
    switch value {
    case .none: name.text
    case .integer(let value): "\(name) \(value)"
    case .string(let literal): "\(name) \(quoted(literal.bytes))"
    case .text(let text): "\(name) \(text)"
    case .functionLike(let text): "\(name)\(text)"
    }
  }
}
