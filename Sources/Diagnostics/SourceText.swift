/// A place in a source text as a person counts it.
public struct SourceLocation: Hashable, Sendable {
  /// The line, from 1.
  public var line: Int
  /// The byte of the line, from 1, as bpftrace counts columns: a tab is one, an umlaut is two.
  public var column: Int

  /// The place at `column` of `line`, both from 1.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

/// A text that diagnostics point into: its name, its bytes and where its lines begin.
///
/// The bytes need not be valid UTF-8.
///
///     let script = SourceText(name: "stdin", "begin { print($x); }")
///     script.location(of: 14)    // line 1, column 15
public struct SourceText: Sendable {
  /// What messages call it: `stdin` for a program of the command line, else the path.
  public var name: String
  /// The number that spans name it by.
  public var id: SourceID
  /// The text.
  public let bytes: [UInt8]
  /// The offset of each line's first byte; the first is 0.
  private let lineStarts: [Int]

  /// A text of these bytes.
  ///
  /// *Complexity*: O(count), for the line table.
  public init(name: String, bytes: [UInt8], id: SourceID = .main) {
    self.name = name
    self.id = id
    self.bytes = bytes
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(offset + 1) }
    lineStarts = starts
  }

  /// A text of this string's UTF-8.
  public init(name: String, _ text: String, id: SourceID = .main) {
    self.init(name: name, bytes: Array(text.utf8), id: id)
  }

  /// How many lines there are; a text that ends in a newline has an empty last one.
  public var lineCount: Int { lineStarts.count }

  /// Where a byte stands; offsets outside are clamped.
  ///
  /// *Complexity*: O(log lines).
  public func location(of offset: Int) -> SourceLocation {
    let offset = min(max(offset, 0), bytes.count)
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return SourceLocation(line: low + 1, column: offset - lineStarts[low] + 1)
  }

  /// The bytes of a line, from 1, without its line end (`\n` or `\r\n`); nothing for a line that is not there.
  public func line(_ number: Int) -> ArraySlice<UInt8> {
    guard number >= 1, number <= lineStarts.count else { return [] }
    let start = lineStarts[number - 1]
    var end = number < lineStarts.count ? lineStarts[number] - 1 : bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return bytes[start..<end]
  }

  /// The span's text, repaired where it is not UTF-8; the part outside is left off.
  public func text(of span: SourceSpan) -> String {
    let start = min(span.start, bytes.count)
    return String(decoding: bytes[start..<max(start, min(span.end, bytes.count))], as: UTF8.self)
  }

  /// The span of all of it.
  public var wholeSpan: SourceSpan { SourceSpan(start: 0, end: bytes.count, in: id) }
}
