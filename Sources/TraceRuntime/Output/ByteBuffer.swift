/// Text on its way out, as bytes.
///
/// A buffer is filled, written out and emptied again; its memory stays, so that formatting an event allocates nothing.
public struct ByteBuffer: Sendable {
  /// What was written since the buffer was last emptied.
  public private(set) var bytes: [UInt8] = []

  /// An empty buffer.
  public init() {}

  /// Bytes written.
  public var count: Int { bytes.count }
  /// Whether nothing was written.
  public var isEmpty: Bool { bytes.isEmpty }
  /// The bytes as a string, repaired where they are not UTF-8.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Empties the buffer and keeps its memory.
  public mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  /// Drops the first `count` bytes: what was written out already.
  public mutating func removeFirst(_ count: Int) { bytes.removeFirst(min(max(count, 0), bytes.count)) }

  /// Drops what was written after the buffer held `count` bytes.
  mutating func truncate(to count: Int) { bytes.removeLast(max(bytes.count - max(count, 0), 0)) }

  /// Adds one byte.
  public mutating func append(byte: UInt8) { bytes.append(byte) }

  /// Adds bytes as they are.
  public mutating func append(contentsOf more: UnsafeRawBufferPointer) { bytes.append(contentsOf: more) }

  /// Adds bytes as they are.
  public mutating func append(contentsOf more: [UInt8]) { bytes.append(contentsOf: more) }

  /// Adds bytes as they are.
  public mutating func append(contentsOf more: ArraySlice<UInt8>) { bytes.append(contentsOf: more) }

  /// Adds a string's UTF-8.
  public mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// Adds `count` copies of a byte.
  public mutating func append(repeating byte: UInt8, count: Int) {
    if count > 0 { bytes.append(contentsOf: repeatElement(byte, count: count)) }
  }

  /// Adds a number in decimal.
  public mutating func append(decimal value: Int64) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    append(decimal: value.magnitude)
  }

  /// Adds a number in decimal.
  public mutating func append(decimal value: UInt64) {
    append(digitsOf: value, radix: 10, letters: 0)
  }

  /// Adds a number in hexadecimal, without `0x`.
  public mutating func append(hexadecimal value: UInt64, isUppercase: Bool = false) {
    append(digitsOf: value, radix: 16, letters: UInt8(ascii: isUppercase ? "A" : "a") - 10)
  }

  /// Adds a number in octal, without a leading zero.
  public mutating func append(octal value: UInt64) {
    append(digitsOf: value, radix: 8, letters: 0)
  }

  /// Adds a byte as two hexadecimal digits.
  public mutating func append(hexadecimalByte byte: UInt8, isUppercase: Bool = false) {
    let letters = UInt8(ascii: isUppercase ? "A" : "a") - 10
    for digit in [byte >> 4, byte & 15] { bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : letters + digit) }
  }

  /// Adds a number in decimal with zeros before it, so that it has at least `digits` digits.
  mutating func append(decimal value: UInt64, digits: Int) {
    let start = bytes.count
    append(decimal: value)
    pad(from: start, to: Padding(width: digits, isLeftAligned: false, fill: UInt8(ascii: "0")))
  }

  /// Fills up what was written since `start` to a least number of bytes.
  mutating func pad(from start: Int, to padding: Padding) {
    let missing = padding.width - (bytes.count - start)
    guard missing > 0, start >= 0, start <= bytes.count else { return }
    let position = padding.isLeftAligned ? bytes.count : start
    bytes.insert(contentsOf: repeatElement(padding.fill, count: missing), at: position)
  }

  /// A radix of 8 or more needs at most 22 digits for 64 bits.
  private mutating func append(digitsOf value: UInt64, radix: UInt64, letters: UInt8) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24) { digits in
      var rest = value
      var position = 24
      repeat {
        let digit = UInt8(truncatingIfNeeded: rest % radix)
        rest /= radix
        position -= 1
        digits.initializeElement(at: position, to: digit < 10 ? UInt8(ascii: "0") + digit : letters + digit)
      } while rest != 0
      bytes.append(contentsOf: digits[position..<24])
    }
  }
}

/// How a piece of text is filled up to a width.
struct Padding: Hashable, Sendable {
  /// Bytes at the least.
  var width: Int
  /// Whether the filling goes behind the text.
  var isLeftAligned: Bool
  /// The byte to fill with.
  var fill: UInt8
}
