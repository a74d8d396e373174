/// A `call` taken apart.
struct IRCall: Hashable, Sendable {
  /// An argument: its type, the attributes in between, its value.
  struct Argument: Hashable, Sendable {
    var type: String
    var attributes: [String]
    var value: String
  }

  /// What it returns.
  var type: String
  /// The parameters of a function with variable arguments, as `(ptr, ...)`.
  var signature: String?
  /// `@name`, `%value`, or a constant expression.
  var callee: String
  var arguments: [Argument]
  /// What follows the arguments, such as ` #4`.
  var suffix: String

  /// The symbol that is called, without its `@`; nil for a call through a value.
  var symbol: String? { IRSymbol.name(callee) }

  init(type: String, callee: String, arguments: [Argument], suffix: String = "") {
    self.type = type
    self.callee = callee
    self.arguments = arguments
    self.suffix = suffix
  }

  /// Reads the text of an instruction; nil when it is no call, or one of assembly.
  init?(_ instruction: IRInstruction) {
    if instruction.isLabel { return nil }
    var cursor = IRCursor(instruction.text)
    for tail in ["tail ", "musttail ", "notail "] where cursor.skip(tail) { break }
    guard cursor.skip("call ") else { return nil }
    // Calling convention, fast-math flags and attributes of the result come before its type.
    while true {
      if let type = cursor.type() {
        self.type = type
        break
      }
      if cursor.isAtEnd { return nil }
      if cursor.word().isEmpty, cursor.bracketed() == nil { return nil }
      cursor.skipSpaces()
    }
    cursor.skipSpaces()
    if cursor.next == UInt8(ascii: "("), let parameters = cursor.bracketed() {
      signature = parameters
      cursor.skipSpaces()
    }
    if cursor.sees("asm ") { return nil }
    if let name = cursor.name() {
      callee = name
    } else {
      let word = cursor.word()
      cursor.skipSpaces()
      guard let operands = cursor.bracketed() else { return nil }
      callee = "\(word) \(operands)"
    }
    guard let list = cursor.bracketed() else { return nil }
    arguments = IRCursor.list(list.dropFirst().dropLast()).map(Argument.init)
    suffix = cursor.remaining
  }

  /// The call as an instruction's text.
  var text: String {
    "call \(type) \(signature.map { $0 + " " } ?? "")\(callee)(\(arguments.map(\.text).joined(separator: ", ")))\(suffix)"
  }
}

extension IRCall.Argument {
  init(_ text: String) {
    var cursor = IRCursor(text)
    type = cursor.type() ?? cursor.word()
    cursor.skipSpaces()
    var words: [String] = []
    // Attributes are words, some with brackets; the last item is the value.
    var value = cursor.value()
    while let attribute = Self.leadingAttribute(of: &value) { words.append(attribute) }
    attributes = words
    self.value = value
  }

  var text: String { ([type] + attributes + [value]).filter { !$0.isEmpty }.joined(separator: " ") }

  /// Takes an attribute off the front of what follows a type.
  static func leadingAttribute(of text: inout String) -> String? {
    var cursor = IRCursor(text)
    guard let first = cursor.next, first | 0x20 >= UInt8(ascii: "a"), first | 0x20 <= UInt8(ascii: "z") else {
      return nil
    }
    var word = cursor.word()
    if IRConstant.beginsConstant(word) { return nil }
    if word == "align", cursor.skip(" "), let bytes = cursor.integer() { word += " \(bytes)" }
    if cursor.next == UInt8(ascii: "("), let brackets = cursor.bracketed() { word += brackets }
    cursor.skipSpaces()
    text = cursor.remaining
    return word
  }
}

/// Words with which a constant begins, as against attributes.
enum IRConstant {
  static func beginsConstant(_ word: String) -> Bool {
    switch word {
    case "null", "undef", "poison", "true", "false", "zeroinitializer", "getelementptr", "ptrtoint", "inttoptr",
      "bitcast",
      "addrspacecast", "trunc", "add", "sub", "xor", "mul", "c", "blockaddress", "dso_local_equivalent", "no_cfi",
      "none",
      "splat":
      true
    default: false
    }
  }
}

/// Names of symbols as IR writes them: `@plain` or `@"with $ and spaces"`.
enum IRSymbol {
  /// The name behind `@`, without quotes.
  static func name(_ text: some StringProtocol) -> String? {
    guard text.utf8.first == UInt8(ascii: "@") else { return nil }
    let name = text.dropFirst()
    return name.utf8.first == UInt8(ascii: "\"") ? String(name.dropFirst().dropLast()) : String(name)
  }

  /// The name with its `@`, quoted where it must be.
  static func text(_ name: String) -> String {
    let isPlain = !name.isEmpty && name.utf8.allSatisfy(IRCursor.isNameByte)
    return isPlain && name.utf8.first.map(IRCursor.isDigit) == false ? "@\(name)" : numeric(name) ?? "@\"\(name)\""
  }

  /// `@12` is a symbol without a name, known by its number.
  private static func numeric(_ name: String) -> String? {
    !name.isEmpty && name.utf8.allSatisfy(IRCursor.isDigit) ? "@\(name)" : nil
  }

  /// Calls `body` with each symbol that the text names; strings in the text are passed over.
  static func forEach(in text: Substring.UTF8View, _ body: (Substring.UTF8View.SubSequence) -> Void) {
    var position = text.startIndex
    while let mark = text[position...].firstIndex(where: { $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: "\"") }) {
      var end = text.index(after: mark)
      if text[mark] == UInt8(ascii: "\"") {
        end = text[end...].firstIndex(of: UInt8(ascii: "\"")).map { text.index(after: $0) } ?? text.endIndex
      } else if end < text.endIndex, text[end] == UInt8(ascii: "\"") {
        let start = text.index(after: end)
        let quote = text[start...].firstIndex(of: UInt8(ascii: "\"")) ?? text.endIndex
        body(text[start..<quote])
        end = quote < text.endIndex ? text.index(after: quote) : quote
      } else {
        let start = end
        end = text[start...].firstIndex { !IRCursor.isNameByte($0) } ?? text.endIndex
        if end > start { body(text[start..<end]) }
      }
      position = end
    }
  }

  /// The text with each symbol that `names` knows called by its new name.
  static func renamed(_ text: String, _ names: [String: String]) -> String {
    guard text.utf8.contains(UInt8(ascii: "@")) else { return text }
    var output = ""
    var written = text.utf8.startIndex
    var changed = false
    forEach(in: Substring(text).utf8) { symbol in
      guard let new = names[String(Substring(symbol))] else { return }
      var start = text.utf8.index(before: symbol.startIndex)
      var end = symbol.endIndex
      if text.utf8[start] == UInt8(ascii: "\"") {
        start = text.utf8.index(before: start)
        end = text.utf8.index(after: end)
      }
      output += text[written..<start]
      output += Self.text(new)
      written = end
      changed = true
    }
    return changed ? output + text[written...] : text
  }
}
