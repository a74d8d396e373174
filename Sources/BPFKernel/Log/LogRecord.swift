/// A message on its way to the loader: words of 64 bits, in the machine's byte order.
///
/// - Word 0: ``Clock/monotonic`` when it was sent.
/// - Word 1: bits 0 to 31 the process, 32 to 47 the number of words in the record, 48 to 55 the ``LogLevel``, and bit 56
///   set when pieces were left out for want of room.
/// - Then piece after piece. The first word of each holds in bits 0 to 7 its ``Kind`` and in bits 32 to 63 how many bytes
///   it has; the bytes follow, filled up with zeros to whole words.
@frozen
public struct LogRecord {
  /// What a piece is.
  @frozen
  public enum Kind: UInt8, Sendable {
    /// Constant text, UTF-8.
    case literal = 1
    /// Text that ends at the first 0, if it has one.
    case text = 2
    /// A number of 8 bytes, printed in decimal.
    case unsigned = 3
    /// A number of 8 bytes with a sign, printed in decimal.
    case signed = 4
    /// A number of 8 bytes, printed as `0x` and hexadecimal digits.
    case hexadecimal = 5
    /// 8 bytes, printed as `true` or `false`.
    case boolean = 6
    /// An IPv4 address: 4 bytes in network order, then zeros.
    case ipv4 = 7
    /// An IPv6 address: 16 bytes in network order.
    case ipv6 = 8
  }

  /// The most words that a record has.
  @_alwaysEmitIntoClient public static var capacity: Int { @_transparent get { 32 } }

  @usableFromInline var words: InlineArray<32, UInt64>
  @usableFromInline var wordCount: Int
  @usableFromInline var isCut: Bool

  /// A record without pieces.
  @_alwaysEmitIntoClient @_transparent
  init() {
    words = .init(repeating: 0)
    wordCount = 2
    isCut = false
  }

  /// Adds `byteCount` bytes as a piece.
  @_alwaysEmitIntoClient @inline(__always)
  mutating func append(_ kind: Kind, _ bytes: UnsafeRawPointer, _ byteCount: Int) {
    let length = (byteCount &+ 7) &>> 3
    if wordCount &+ 1 &+ length > Self.capacity {
      isCut = true
      return
    }
    words[unchecked: wordCount] = UInt64(kind.rawValue) | UInt64(truncatingIfNeeded: byteCount) &<< 32
    let place = (wordCount &+ 1) &* 8
    withUnsafeMutableBytes(of: &words) {
      ($0.baseAddress.unsafelyUnwrapped + place).copyMemory(from: bytes, byteCount: byteCount)
    }
    wordCount = wordCount &+ 1 &+ length
  }

  /// Adds a number as a piece.
  @_alwaysEmitIntoClient @inline(__always)
  mutating func append(_ kind: Kind, _ word: UInt64) {
    if wordCount &+ 2 > Self.capacity {
      isCut = true
      return
    }
    words[unchecked: wordCount] = UInt64(kind.rawValue) | 8 &<< 32
    words[unchecked: wordCount &+ 1] = word
    wordCount = wordCount &+ 2
  }
}
