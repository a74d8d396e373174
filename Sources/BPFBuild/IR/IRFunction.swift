/// A function with its body.
struct IRFunction: Hashable, Sendable {
  /// A parameter: type, attributes, and the value's name in the body.
  struct Parameter: Hashable, Sendable {
    var type: String
    var attributes: [String]
    var name: String
  }

  /// The symbol, without `@`.
  var name: String
  /// Linkage, visibility, calling convention and attributes of the result, in the order in which they were written.
  var words: [String] = []
  var result: String
  var parameters: [Parameter]
  /// The number of its attribute group.
  var attributes: Int?
  var section: String?
  var attachments: [MetadataAttachment] = []
  var body: [IRInstruction] = []

  /// A function that somebody gave a section is a program, for the kernel to call.
  var isProgram: Bool { section != nil }

  /// The `!dbg` subprogram.
  var subprogram: MetadataReference? {
    get { attachments.first { $0.kind == "dbg" }?.node }
    set { attachments = newValue.map { [MetadataAttachment(kind: "dbg", node: $0)] } ?? [] }
  }

  init(name: String, result: String, parameters: [Parameter]) {
    self.name = name
    self.result = result
    self.parameters = parameters
  }

  /// Reads `define …` with its lines up to, not including, the closing brace.
  init?(lines: some Sequence<Substring>) {
    var lines = lines.makeIterator()
    guard let head = lines.next() else { return nil }
    var cursor = IRCursor(head)
    guard cursor.skip("define ") else { return nil }
    guard let signature = IRSignature(&cursor) else { return nil }
    (name, words, result, parameters) = (signature.name, signature.words, signature.result, signature.parameters)
    while !cursor.isAtEnd {
      cursor.skipSpaces()
      if cursor.next == UInt8(ascii: "{") { break }
      if cursor.skip("#") {
        attributes = cursor.integer()
      } else if cursor.skip("section ") {
        section = cursor.quoted()
      } else if cursor.skip("!") {
        let kind = cursor.word()
        cursor.skipSpaces()
        if cursor.skip("!"), let node = cursor.integer() {
          attachments.append(MetadataAttachment(kind: kind, node: .read(node)))
        }
      } else if cursor.skip("personality ptr ") {
        _ = cursor.name()
      } else if cursor.word().isEmpty, cursor.bracketed() == nil {
        break
      }
    }
    while let line = lines.next() {
      if let instruction = IRInstruction(line: line) { body.append(instruction) }
    }
  }

  /// Every symbol that the body names.
  func forEachSymbol(_ use: (String, IRInstruction) -> Void) {
    for instruction in body where instruction.text.utf8.contains(UInt8(ascii: "@")) {
      IRSymbol.forEach(in: Substring(instruction.text).utf8) { use(String(Substring($0)), instruction) }
    }
  }
}

/// What a `define` and a `declare` have in common: result, symbol, parameters.
struct IRSignature: Hashable, Sendable {
  var words: [String] = []
  var result: String
  var name: String
  var parameters: [IRFunction.Parameter]

  /// Reads up to behind the closing parenthesis of the parameters.
  init?(_ cursor: inout IRCursor) {
    while true {
      cursor.skipSpaces()
      if let type = cursor.type() {
        result = type
        break
      }
      var word = cursor.word()
      if cursor.next == UInt8(ascii: "("), let brackets = cursor.bracketed() { word += brackets }
      if word.isEmpty { return nil }
      words.append(word)
    }
    cursor.skipSpaces()
    guard let symbol = cursor.name().flatMap(IRSymbol.name), let list = cursor.bracketed() else { return nil }
    name = symbol
    parameters = IRCursor.list(list.dropFirst().dropLast()).map { text in
      let argument = IRCall.Argument(text)
      return IRFunction.Parameter(type: argument.type, attributes: argument.attributes, name: argument.value)
    }
  }
}

/// A function that is only declared.
struct IRDeclaration: Hashable, Sendable {
  var signature: IRSignature
  var attributes: Int?
  var section: String?
  var attachments: [MetadataAttachment] = []

  var name: String { signature.name }

  /// Reads `declare …`; metadata may stand before the result.
  init?(line: some StringProtocol) {
    var cursor = IRCursor(line)
    guard cursor.skip("declare ") else { return nil }
    while cursor.skip("!") {
      let kind = cursor.word()
      cursor.skipSpaces()
      if cursor.skip("!"), let node = cursor.integer() {
        attachments.append(MetadataAttachment(kind: kind, node: .read(node)))
      }
      cursor.skipSpaces()
    }
    guard let signature = IRSignature(&cursor) else { return nil }
    self.signature = signature
    while !cursor.isAtEnd {
      cursor.skipSpaces()
      if cursor.skip("#") {
        attributes = cursor.integer()
      } else if cursor.skip("section ") {
        section = cursor.quoted()
      } else if cursor.word().isEmpty, cursor.bracketed() == nil {
        break
      }
    }
  }
}
