/// A line of a function's body: a label, or an instruction with what is attached to it.
struct IRInstruction: Hashable, Sendable {
  /// The value that it defines, with its `%`.
  var result: String?
  /// What it does, without result and attachments; of a label its name and colon.
  var text: String
  /// `!dbg !7` and the like, in their order.
  var attachments: [MetadataAttachment] = []
  /// Whether it is the label of a block.
  var isLabel = false

  init(result: String? = nil, _ text: String, attachments: [MetadataAttachment] = []) {
    self.result = result
    self.text = text
    self.attachments = attachments
  }

  /// The name of the block that begins here.
  init(label name: String) {
    text = name + ":"
    isLabel = true
  }

  /// The `!dbg` location.
  var location: MetadataReference? {
    get { attachments.first { $0.kind == "dbg" }?.node }
    set {
      attachments.removeAll { $0.kind == "dbg" }
      if let newValue { attachments.append(MetadataAttachment(kind: "dbg", node: newValue)) }
    }
  }

  /// The first word: `load`, `call`, `br`; of a tail call `call`.
  var operation: String {
    if isLabel { return "" }
    var cursor = IRCursor(text)
    var word = cursor.word()
    while word == "tail" || word == "musttail" || word == "notail" {
      cursor.skipSpaces()
      word = cursor.word()
    }
    return word
  }
}

/// A node of metadata hung onto an instruction, a function or a global under a name.
struct MetadataAttachment: Hashable, Sendable {
  var kind: String
  var node: MetadataReference
}

/// A node of the module that was read, or one that was written for its successor.
enum MetadataReference: Hashable, Sendable {
  case read(Int)
  case written(Int)
}

extension IRInstruction {
  /// Reads a line of a function's body; nil for an empty line, a comment or a debug record.
  init?(line: Substring) {
    var cursor = IRCursor(line)
    if cursor.next != UInt8(ascii: " ") {
      // `entry:` or `9:      ; preds = %entry`
      if cursor.isAtEnd || cursor.next == UInt8(ascii: ";") { return nil }
      let name = cursor.next == UInt8(ascii: "\"") ? "\"\(cursor.quoted() ?? "")\"" : String(line.prefix { $0 != ":" })
      self.init(label: name)
      return
    }
    cursor.skipSpaces()
    if cursor.isAtEnd || cursor.sees("#dbg_") || cursor.next == UInt8(ascii: ";") { return nil }
    var result: String?
    if cursor.next == UInt8(ascii: "%") {
      var look = cursor
      if let name = look.name(), look.skip(" = ") {
        result = name
        cursor = look
      }
    }
    var text = Substring(cursor.remaining)
    var attachments: [MetadataAttachment] = []
    while let attachment = MetadataAttachment.takeLast(of: &text) { attachments.insert(attachment, at: 0) }
    self.init(result: result, String(text), attachments: attachments)
  }
}

extension MetadataAttachment {
  /// Takes `, !kind !12` off the end.
  fileprivate static func takeLast(of text: inout Substring) -> MetadataAttachment? {
    let bytes = text.utf8
    guard let mark = bytes.lastIndex(of: UInt8(ascii: "!")), mark > bytes.startIndex else { return nil }
    guard let number = Int(text[bytes.index(after: mark)...]) else { return nil }
    guard let before = bytes[..<mark].lastIndex(of: UInt8(ascii: "!")) else { return nil }
    let kind = text[bytes.index(after: before)..<mark]
    guard kind.utf8.last == UInt8(ascii: " "), kind.utf8.dropLast().allSatisfy(IRCursor.isNameByte),
      kind.utf8.count > 1,
      text[..<before].hasSuffix(", ")
    else { return nil }
    text = text[..<bytes.index(before, offsetBy: -2)]
    return MetadataAttachment(kind: String(kind.dropLast()), node: .read(number))
  }
}
