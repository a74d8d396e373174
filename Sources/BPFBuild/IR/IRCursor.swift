/// Reads a line of LLVM IR from left to right.
///
/// It knows names, types, brackets and quoted strings, which is all that rewriting needs; no instruction is known to it.
struct IRCursor {
  private(set) var rest: Substring.UTF8View

  init(_ text: some StringProtocol) { rest = Substring(text).utf8 }

  var isAtEnd: Bool { rest.isEmpty }
  /// What has not been read.
  var remaining: String { Self.string(rest) }
  var next: UInt8? { rest.first }

  /// Whether `word` comes next.
  func sees(_ word: String) -> Bool { rest.starts(with: word.utf8) }

  /// Reads `word` if it comes next.
  mutating func skip(_ word: String) -> Bool {
    guard sees(word) else { return false }
    rest = rest.dropFirst(word.utf8.count)
    return true
  }

  mutating func skipSpaces() { rest = rest.drop { $0 == UInt8(ascii: " ") } }

  /// Reads up to the next space, comma or bracket.
  mutating func word() -> String {
    take(rest.firstIndex { Self.endsWord($0) } ?? rest.endIndex)
  }

  /// Reads a decimal number, which may be negative.
  mutating func integer() -> Int? {
    var look = self
    let digits = look.word()
    guard let value = Int(digits) else { return nil }
    self = look
    return value
  }

  /// Reads `%name`, `@name`, `%"quoted"` or `!12`, with its sign.
  mutating func name() -> String? {
    guard let sign = rest.first, sign == UInt8(ascii: "%") || sign == UInt8(ascii: "@") || sign == UInt8(ascii: "!")
    else { return nil }
    let start = rest.index(after: rest.startIndex)
    guard start < rest.endIndex else { return nil }
    if rest[start] == UInt8(ascii: "\"") { return take(Self.endOfQuote(rest, start)) }
    let end = rest[start...].firstIndex { !Self.isNameByte($0) } ?? rest.endIndex
    return end > start ? take(end) : nil
  }

  /// Reads `"quoted"` and gives what stands between the quotes, still escaped.
  mutating func quoted() -> String? {
    guard rest.first == UInt8(ascii: "\"") else { return nil }
    return String(take(Self.endOfQuote(rest, rest.startIndex)).dropFirst().dropLast())
  }

  /// Reads a bracketed text with its brackets.
  mutating func bracketed() -> String? {
    guard let first = rest.first, Self.opens(first) else { return nil }
    return take(Self.endOfBracket(rest, rest.startIndex))
  }

  /// Reads a first-class type or `void`; a function type's parameters are left.
  mutating func type() -> String? {
    switch rest.first {
    case UInt8(ascii: "%"): return name()
    case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "<"): return bracketed()
    case nil: return nil
    default:
      var look = self
      var type = look.word()
      guard Self.isScalarType(type) else { return nil }
      if type == "ptr", look.sees(" addrspace("), look.skip(" addrspace"), let space = look.bracketed() {
        type += " addrspace" + space
      }
      self = look
      return type
    }
  }

  /// Reads up to a comma or a closing bracket outside all brackets and quotes, or to the end.
  mutating func value() -> String {
    var position = rest.startIndex
    while position < rest.endIndex {
      let byte = rest[position]
      if byte == UInt8(ascii: ",") || Self.closes(byte) { break }
      if byte == UInt8(ascii: "\"") {
        position = Self.endOfQuote(rest, position)
      } else if Self.opens(byte), byte != UInt8(ascii: "<") || Self.opensAngle(rest, position) {
        position = Self.endOfBracket(rest, position)
      } else {
        position = rest.index(after: position)
      }
    }
    var text = take(position)
    while text.utf8.last == UInt8(ascii: " ") { text.removeLast() }
    return text
  }

  /// The parts of `text` between commas that stand outside all brackets and quotes.
  static func list(_ text: some StringProtocol) -> [String] {
    var cursor = IRCursor(text)
    var parts: [String] = []
    cursor.skipSpaces()
    while !cursor.isAtEnd {
      let before = cursor.rest.startIndex
      parts.append(cursor.value())
      if cursor.skip(",") { cursor.skipSpaces() } else if cursor.rest.startIndex == before { break }
    }
    return parts
  }

  /// `i32`, `ptr`, `void`, `double` and their like.
  static func isScalarType(_ word: String) -> Bool {
    switch word {
    case "ptr", "void", "half", "bfloat", "float", "double", "fp128", "x86_fp80", "label", "metadata", "token": true
    default: word.utf8.first == UInt8(ascii: "i") && word.utf8.count > 1 && word.utf8.dropFirst().allSatisfy(isDigit)
    }
  }

  private mutating func take(_ end: Substring.UTF8View.Index) -> String {
    let text = Self.string(rest[..<end])
    rest = rest[end...]
    return text
  }

  private static func string(_ bytes: Substring.UTF8View) -> String { String(Substring(bytes)) }

  static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

  /// Whether the byte may stand in a name without quotes.
  static func isNameByte(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")) || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "$") || byte == UInt8(ascii: "-")
  }

  private static func endsWord(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: ",") || opens(byte) || closes(byte)
  }

  private static func opens(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "(") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") || byte == UInt8(ascii: "<")
  }

  private static func closes(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ")") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: ">")
  }

  /// `<` opens a packed structure or a vector wherever IR has it outside a string.
  private static func opensAngle(_ text: Substring.UTF8View, _ position: Substring.UTF8View.Index) -> Bool { true }

  private static func endOfQuote(
    _ text: Substring.UTF8View, _ start: Substring.UTF8View.Index
  ) -> Substring.UTF8View.Index {
    // A quote inside is written \22, so the next quote ends the text.
    let inside = text.index(after: start)
    guard let end = text[inside...].firstIndex(of: UInt8(ascii: "\"")) else { return text.endIndex }
    return text.index(after: end)
  }

  private static func endOfBracket(
    _ text: Substring.UTF8View, _ start: Substring.UTF8View.Index
  ) -> Substring.UTF8View.Index {
    var depth = 0
    var position = start
    while position < text.endIndex {
      let byte = text[position]
      if byte == UInt8(ascii: "\"") {
        position = endOfQuote(text, position)
        continue
      }
      position = text.index(after: position)
      if opens(byte) { depth += 1 }
      if closes(byte) {
        depth -= 1
        if depth == 0 { return position }
      }
    }
    return text.endIndex
  }
}
