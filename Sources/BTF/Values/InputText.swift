/// A value as somebody types it, before it is known what type it is for.
///
///     42    -7    0x1f    'a'    true    RED    1.5    "bash"    [1, 2]    {pid: 1, comm: "x"}    { .pid = 1 }
indirect enum InputText: Hashable {
  /// A number or a name, as it stands.
  case word(String)
  case string([UInt8])
  case list([InputText])
  case fields([Field])

  struct Field: Hashable {
    var name: String
    var value: InputText
  }

  /// Takes a text apart.
  ///
  /// - Throws: with the place, in characters from the first, where something else was expected.
  init(parsing text: String) throws(TypedInputError) {
    var parser = InputParser(text)
    self = try parser.value(depth: 0)
    try parser.end()
  }
}

private struct InputParser {
  private let characters: [Character]
  private var place = 0
  private static let depthLimit = 64

  init(_ text: String) { characters = Array(text) }

  private func expected(_ what: String) -> TypedInputError { .syntax(expected: what, at: place) }

  private var next: Character? { place < characters.count ? characters[place] : nil }

  private mutating func skipSpace() { while let next, next.isWhitespace { place += 1 } }

  private mutating func take(_ character: Character) -> Bool {
    skipSpace()
    guard next == character else { return false }
    place += 1
    return true
  }

  mutating func end() throws(TypedInputError) {
    skipSpace()
    if next != nil { throw expected("the end") }
  }

  mutating func value(depth: Int) throws(TypedInputError) -> InputText {
    guard depth < Self.depthLimit else { throw expected("less nesting") }
    skipSpace()
    switch next {
    case "[":
      place += 1
      var elements: [InputText] = []
      while !take("]") {
        if !elements.isEmpty, !take(",") { throw expected("',' or ']'") }
        elements.append(try value(depth: depth + 1))
      }
      return .list(elements)
    case "{":
      place += 1
      var fields: [InputText.Field] = []
      while !take("}") {
        if !fields.isEmpty, !take(",") { throw expected("',' or '}'") }
        let name = try fieldName()
        guard take(":") || take("=") else { throw expected("':' or '='") }
        fields.append(.init(name: name, value: try value(depth: depth + 1)))
      }
      return .fields(fields)
    case "\"": return .string(try quoted("\""))
    case "'":
      let bytes = try quoted("'")
      guard bytes.count == 1, let byte = bytes.first else { throw expected("one character between the quotes") }
      return .word(String(byte))
    default:
      let word = self.word()
      if word.isEmpty { throw expected("a value") }
      return .word(word)
    }
  }

  private mutating func fieldName() throws(TypedInputError) -> String {
    skipSpace()
    if next == "\"" { return String(decoding: try quoted("\""), as: UTF8.self) }
    if next == "." { place += 1 }
    let name = word()
    if name.isEmpty { throw expected("the name of a member") }
    return name
  }

  private mutating func word() -> String {
    let start = place
    while let next, next.isLetter || next.isNumber || "_+-.".contains(next) { place += 1 }
    return String(characters[start..<place])
  }

  private mutating func quoted(_ quote: Character) throws(TypedInputError) -> [UInt8] {
    place += 1
    var bytes: [UInt8] = []
    while let character = next, character != quote {
      place += 1
      guard character == "\\" else {
        bytes += String(character).utf8
        continue
      }
      bytes.append(try escaped())
    }
    guard next == quote else { throw expected("a closing \(quote)") }
    place += 1
    return bytes
  }

  private mutating func escaped() throws(TypedInputError) -> UInt8 {
    guard let character = next else { throw expected("an escaped character") }
    place += 1
    switch character {
    case "n": return 10
    case "r": return 13
    case "t": return 9
    case "0": return 0
    case "\\", "\"", "'", "/": return character.asciiValue ?? 0
    case "x":
      let digits = String(characters[place..<min(place + 2, characters.count)])
      guard digits.count == 2, let byte = UInt8(digits, radix: 16) else { throw expected("two hexadecimal digits") }
      place += 2
      return byte
    default:
      place -= 1
      throw expected("one of \\n \\r \\t \\0 \\\\ \\\" \\' \\xHH")
    }
  }
}
