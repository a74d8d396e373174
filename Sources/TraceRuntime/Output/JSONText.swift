/// JSON's scalars (RFC 8259).
enum JSONText {
  /// Writes a string in quotes.
  ///
  /// What is not UTF-8 becomes U+FFFD, so that the text always parses.
  static func write(_ bytes: some Collection<UInt8>, to output: inout ByteBuffer) {
    output.append(byte: UInt8(ascii: "\""))
    if bytes.allSatisfy({ $0 < 0x80 }) {
      for byte in bytes { writeEscaped(byte, to: &output) }
    } else {
      for byte in String(decoding: bytes, as: UTF8.self).utf8 { writeEscaped(byte, to: &output) }
    }
    output.append(byte: UInt8(ascii: "\""))
  }

  /// Writes a string in quotes.
  static func write(_ text: String, to output: inout ByteBuffer) { write(text.utf8, to: &output) }

  /// Writes an integer: as a number where a double holds it exactly, for that is what most readers make of it, else
  /// as a string.
  static func write(_ value: WireInteger, to output: inout ByteBuffer) {
    let magnitude = value.isSigned ? value.signed.magnitude : value.bits
    // A double has 53 significant bits.
    let isExact = 64 - magnitude.leadingZeroBitCount - magnitude.trailingZeroBitCount <= 53
    if !isExact { output.append(byte: UInt8(ascii: "\"")) }
    output.append(integer: value)
    if !isExact { output.append(byte: UInt8(ascii: "\"")) }
  }

  private static func writeEscaped(_ byte: UInt8, to output: inout ByteBuffer) {
    switch byte {
    case UInt8(ascii: "\""): output.append("\\\"")
    case UInt8(ascii: "\\"): output.append("\\\\")
    case UInt8(ascii: "\n"): output.append("\\n")
    case UInt8(ascii: "\r"): output.append("\\r")
    case UInt8(ascii: "\t"): output.append("\\t")
    case 0..<0x20, 0x7f:
      output.append("\\u00")
      output.append(hexadecimalByte: byte)
    default: output.append(byte: byte)
    }
  }
}
