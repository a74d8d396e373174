internal import Diagnostics

/// The text of a module of LLVM IR, taken apart into its entities without reading them.
///
/// The embedded standard library makes most of such a text and little of it is used, so bodies and metadata are read
/// when somebody asks for them.
struct IRText: Sendable {
  private let bytes: [UInt8]
  private var functions: [String: Range<Int>] = [:]
  private var globals: [String: Range<Int>] = [:]
  private var declarations: [String: Range<Int>] = [:]
  /// Symbols of functions, in the order of the text.
  private(set) var functionNames: [String] = []
  /// Symbols of globals, in the order of the text.
  private(set) var globalNames: [String] = []
  /// `%name` and the body of each named type, in the order of the text.
  private(set) var types: [(name: String, body: String)] = []
  /// The words of each attribute group.
  private(set) var attributeGroups: [Int: String] = [:]
  private(set) var metadata: MetadataTable

  /// Takes the text apart.
  ///
  /// *Complexity*: O(length); one comparison per byte for all that is not looked at.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    metadata = MetadataTable(bytes)
    var position = 0
    while position < bytes.count {
      let end = Self.endOfLine(bytes, position)
      switch bytes[position] {
      case UInt8(ascii: "!"): metadata.add(position..<end)
      case UInt8(ascii: "%"): addType(position..<end)
      case UInt8(ascii: "@"):
        if let name = symbol(in: position..<end) {
          globalNames.append(name)
          globals[name] = position..<end
        }
      case UInt8(ascii: "d"):
        guard let name = symbol(in: position..<end) else { break }
        if Self.begins(bytes, position, "declare ") {
          declarations[name] = position..<end
        } else if Self.begins(bytes, position, "define ") {
          var last = end
          while last < bytes.count, bytes[last] != UInt8(ascii: "}") || bytes[last - 1] != UInt8(ascii: "\n") {
            last = Self.endOfLine(bytes, last) + 1
          }
          functionNames.append(name)
          functions[name] = position..<min(last, bytes.count)
          position = min(last, bytes.count)
          continue
        }
      case UInt8(ascii: "a"): addAttributes(position..<end)
      default: break
      }
      position = end + 1
    }
  }

  /// Reads a function; nil when there is none of that name.
  func function(_ name: String) -> IRFunction? {
    functions[name].flatMap { IRFunction(lines: text($0).split(separator: "\n", omittingEmptySubsequences: true)) }
  }

  /// Reads a function's first line alone.
  func head(ofFunction name: String) -> IRFunction? {
    guard let range = functions[name] else { return nil }
    return IRFunction(lines: [Substring(text(range.lowerBound..<Self.endOfLine(bytes, range.lowerBound)))])
  }

  /// Reads a global; nil when there is none of that name, or it is an alias.
  func global(_ name: String) -> IRGlobal? { globals[name].flatMap { IRGlobal(line: text($0)) } }

  /// Reads a declaration; nil when there is none of that name.
  func declaration(_ name: String) -> IRDeclaration? { declarations[name].flatMap { IRDeclaration(line: text($0)) } }

  func hasFunction(_ name: String) -> Bool { functions[name] != nil }

  /// Symbols of the functions whose first line has a section.
  var programNames: [String] {
    functionNames.filter { name in
      guard let range = functions[name] else { return false }
      let head = range.lowerBound..<Self.endOfLine(bytes, range.lowerBound)
      return text(head).contains(text: " section \"")
    }
  }

  private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  private func symbol(in line: Range<Int>) -> String? {
    guard let mark = bytes[line].firstIndex(of: UInt8(ascii: "@")), mark + 1 < line.upperBound else { return nil }
    if bytes[mark + 1] == UInt8(ascii: "\"") {
      guard let end = bytes[(mark + 2)..<line.upperBound].firstIndex(of: UInt8(ascii: "\"")) else { return nil }
      return text((mark + 2)..<end)
    }
    let end = bytes[(mark + 1)..<line.upperBound].firstIndex { !IRCursor.isNameByte($0) } ?? line.upperBound
    return text((mark + 1)..<end)
  }

  private mutating func addType(_ line: Range<Int>) {
    var cursor = IRCursor(text(line))
    if let name = cursor.name(), cursor.skip(" = type ") { types.append((name, cursor.remaining)) }
  }

  private mutating func addAttributes(_ line: Range<Int>) {
    var cursor = IRCursor(text(line))
    guard cursor.skip("attributes #"), let number = cursor.integer(), cursor.skip(" = "), let group = cursor.bracketed()
    else { return }
    attributeGroups[number] = String(group.dropFirst().dropLast())
  }

  private static func endOfLine(_ bytes: [UInt8], _ start: Int) -> Int {
    bytes.withUnsafeBufferPointer { buffer in
      var position = start
      while position < buffer.count, buffer[position] != UInt8(ascii: "\n") { position += 1 }
      return position
    }
  }

  private static func begins(_ bytes: [UInt8], _ position: Int, _ word: String) -> Bool {
    bytes[position...].starts(with: word.utf8)
  }
}
