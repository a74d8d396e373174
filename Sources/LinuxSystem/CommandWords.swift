/// A command line taken apart into words, without a shell.
///
/// Words are separated by blanks; single and double quotes keep blanks; a backslash takes the next character as it
/// is, except inside single quotes. There are no variables, patterns or redirections.
public struct CommandWords: Hashable, Sendable {
  /// Why a text is no command line.
  public enum Failure: Error, Hashable, Sendable {
    case empty
    /// A quote that is never closed; its offset in bytes.
    case unclosedQuote(at: Int)
    /// A backslash with nothing behind it.
    case trailingBackslash
    /// A byte that no argument of a program can hold; its offset.
    case nulByte(at: Int)
  }

  /// At least one word.
  public let words: [String]

  /// Takes `text` apart.
  public init(_ text: String) throws(Failure) {
    var words: [[UInt8]] = []
    var word: [UInt8]?
    var quote: (byte: UInt8, offset: Int)?
    var escaped = false
    for (offset, byte) in text.utf8.enumerated() {
      if byte == 0 { throw .nulByte(at: offset) }
      if escaped {
        word = (word ?? []) + [byte]
        escaped = false
      } else if byte == UInt8(ascii: "\\"), quote?.byte != UInt8(ascii: "'") {
        escaped = true
      } else if let open = quote {
        if byte == open.byte { quote = nil } else { word = (word ?? []) + [byte] }
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        quote = (byte, offset)
        word = word ?? []
      } else if byte == UInt8(ascii: " ") || (9...13).contains(byte) {
        if let finished = word { words.append(finished) }
        word = nil
      } else {
        word = (word ?? []) + [byte]
      }
    }
    if escaped { throw .trailingBackslash }
    if let quote { throw .unclosedQuote(at: quote.offset) }
    if let finished = word { words.append(finished) }
    if words.isEmpty { throw .empty }
    self.words = words.map { String(decoding: $0, as: UTF8.self) }
  }
}
