/// The metadata of a module that was read: nodes by number, read when asked for.
struct MetadataTable: Sendable {
  private let bytes: [UInt8]
  private var nodes: [Range<Int>] = []
  private var named: [String: [Int]] = [:]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// How many numbers there are; some may stand for nothing.
  var count: Int { nodes.count }

  /// Takes in a line that begins with `!`.
  mutating func add(_ line: Range<Int>) {
    var position = line.lowerBound + 1
    var number = 0
    while position < line.upperBound, IRCursor.isDigit(bytes[position]), number < 1 << 24 {
      number = number * 10 + Int(bytes[position] - UInt8(ascii: "0"))
      position += 1
    }
    if position == line.lowerBound + 1 {
      addNamed(line)
      return
    }
    guard position + 3 <= line.upperBound, bytes[position] == UInt8(ascii: " "), number < bytes.count else {
      return
    }
    while nodes.count <= number { nodes.append(0..<0) }
    nodes[number] = (position + 3)..<line.upperBound
  }

  private mutating func addNamed(_ line: Range<Int>) {
    var cursor = IRCursor(String(decoding: bytes[line], as: UTF8.self))
    guard let name = cursor.name(), cursor.skip(" = !"), let list = cursor.bracketed() else { return }
    named[String(name.dropFirst())] = IRCursor.list(list.dropFirst().dropLast()).compactMap(MetadataNode.number)
  }

  /// The nodes that `!llvm.dbg.cu` and the like name.
  func nodes(named name: String) -> [Int] { named[name] ?? [] }

  /// The text of a node, behind ` = `.
  func text(_ number: Int) -> String? {
    guard number >= 0, number < nodes.count, !nodes[number].isEmpty else { return nil }
    return String(decoding: bytes[nodes[number]], as: UTF8.self)
  }

  /// Whether the text of a node has `word` in it; without reading the node.
  func node(_ number: Int, contains word: StaticString) -> Bool {
    guard number >= 0, number < nodes.count, word.utf8CodeUnitCount > 0 else { return false }
    let range = nodes[number]
    return word.withUTF8Buffer { word in
      bytes.withUnsafeBufferPointer { buffer in
        var position = range.lowerBound
        while position + word.count <= range.upperBound {
          if buffer[position] == word[0], buffer[position..<(position + word.count)].elementsEqual(word) { return true }
          position += 1
        }
        return false
      }
    }
  }

  /// Reads a node; nil when there is none of that number.
  func node(_ number: Int?) -> MetadataNode? { number.flatMap(text).map(MetadataNode.init) }

  /// The numbers in a node that is a list, with nil for `null` and what is no node.
  func elements(_ number: Int?) -> [Int?] { node(number)?.elements ?? [] }
}
