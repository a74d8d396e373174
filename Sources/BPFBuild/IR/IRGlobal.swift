/// A global variable or constant.
struct IRGlobal: Hashable, Sendable {
  /// The symbol, without `@`.
  var name: String
  /// Linkage, visibility and the like.
  var words: [String] = []
  var isConstant: Bool
  var type: String
  /// Nil for one that is only declared.
  var initializer: String?
  var section: String?
  var alignment: Int?
  var attachments: [MetadataAttachment] = []

  /// The `!dbg` expression.
  var debugExpression: MetadataReference? {
    get { attachments.first { $0.kind == "dbg" }?.node }
    set { attachments = newValue.map { [MetadataAttachment(kind: "dbg", node: $0)] } ?? [] }
  }

  init(
    name: String, words: [String] = ["dso_local"], isConstant: Bool = false, type: String, initializer: String?,
    section: String? = nil, alignment: Int? = nil
  ) {
    self.name = name
    self.words = words
    self.isConstant = isConstant
    self.type = type
    self.initializer = initializer
    self.section = section
    self.alignment = alignment
  }

  /// Reads `@name = … global TYPE VALUE, …`; nil for an alias.
  init?(line: some StringProtocol) {
    var cursor = IRCursor(line)
    guard let name = cursor.name().flatMap(IRSymbol.name), cursor.skip(" = ") else { return nil }
    self.name = name
    isConstant = false
    while true {
      var word = cursor.word()
      if cursor.next == UInt8(ascii: "("), let brackets = cursor.bracketed() { word += brackets }
      cursor.skipSpaces()
      if word == "global" { break }
      if word == "constant" {
        isConstant = true
        break
      }
      if word.isEmpty || word == "alias" || word == "ifunc" { return nil }
      words.append(word)
    }
    guard let type = cursor.type() else { return nil }
    self.type = type
    cursor.skipSpaces()
    if !cursor.isAtEnd, cursor.next != UInt8(ascii: ",") { initializer = cursor.value() }
    while cursor.skip(",") {
      cursor.skipSpaces()
      if cursor.skip("section ") {
        section = cursor.quoted()
      } else if cursor.skip("align ") {
        alignment = cursor.integer()
      } else if cursor.skip("!") {
        let kind = cursor.word()
        cursor.skipSpaces()
        if cursor.skip("!"), let node = cursor.integer() {
          attachments.append(MetadataAttachment(kind: kind, node: .read(node)))
        }
      } else {
        _ = cursor.value()
      }
    }
  }
}
