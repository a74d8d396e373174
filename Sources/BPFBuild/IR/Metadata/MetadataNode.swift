/// A node of metadata: `!DIFile(filename: "a.swift", directory: "/")` or a list `!{!1, !2}`.
struct MetadataNode: Hashable, Sendable {
  var isDistinct: Bool
  /// `DIFile`; empty for a list.
  var kind: String
  /// The fields in their order; of a list the items, without names.
  private var fields: [Field]

  private struct Field: Hashable, Sendable {
    var name: String
    var value: String
  }

  init(_ text: String) {
    var cursor = IRCursor(text)
    isDistinct = cursor.skip("distinct ")
    _ = cursor.skip("!")
    kind = cursor.word()
    fields = []
    guard let body = cursor.bracketed() else { return }
    for part in IRCursor.list(body.dropFirst().dropLast()) {
      var field = IRCursor(part)
      let name = field.word()
      if !kind.isEmpty, name.utf8.last == UInt8(ascii: ":"), field.skip(" ") {
        fields.append(Field(name: String(name.dropLast()), value: field.remaining))
      } else {
        fields.append(Field(name: "", value: part))
      }
    }
  }

  /// A field as it was written.
  subscript(_ name: String) -> String? { fields.first { $0.name == name }?.value }

  /// A field that names a node: its number.
  func node(_ name: String) -> Int? { self[name].flatMap(Self.number) }

  func integer(_ name: String) -> Int? { self[name].flatMap { Int($0) } }

  /// A text field without its quotes, with escapes resolved.
  func string(_ name: String) -> String? { self[name].map(Self.unquoted) }

  /// The items of a list.
  var elements: [Int?] { fields.filter { $0.name.isEmpty }.map { Self.number($0.value) } }

  /// The number of `!12`.
  static func number(_ text: some StringProtocol) -> Int? {
    text.utf8.first == UInt8(ascii: "!") ? Int(text.dropFirst()) : nil
  }

  /// A quoted text without quotes, `\22` and its like resolved.
  static func unquoted(_ text: some StringProtocol) -> String {
    guard text.utf8.first == UInt8(ascii: "\"") else { return String(text) }
    let inside = text.utf8.dropFirst().dropLast()
    guard inside.contains(UInt8(ascii: "\\")) else { return String(text.dropFirst().dropLast()) }
    var bytes: [UInt8] = []
    var position = inside.startIndex
    while position < inside.endIndex {
      let next = inside.index(after: position)
      if inside[position] == UInt8(ascii: "\\"), inside.distance(from: position, to: inside.endIndex) > 2 {
        let end = inside.index(next, offsetBy: 2)
        if let byte = UInt8(String(decoding: inside[next..<end], as: UTF8.self), radix: 16) {
          bytes.append(byte)
          position = end
          continue
        }
      }
      bytes.append(inside[position])
      position = next
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A text in quotes as IR writes it: what is not plain ASCII becomes `\22` and the like.
  static func quoted(_ text: some StringProtocol) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = [UInt8(ascii: "\"")]
    for byte in text.utf8 {
      if byte < 0x20 || byte >= 0x7f || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        bytes += [UInt8(ascii: "\\"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes + [UInt8(ascii: "\"")], as: UTF8.self)
  }
}
