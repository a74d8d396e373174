/// The three ways in which bytes are shown: `%r`, `%rx` and `%rh`.
enum BufferText {
  /// `ab\x01`: printable ASCII as it is, the rest escaped.
  static func write(_ bytes: UnsafeRawBufferPointer, to output: inout ByteBuffer) {
    for byte in bytes {
      if (0x20..<0x7f).contains(byte) { output.append(byte: byte) } else { writeEscaped(byte, to: &output) }
    }
  }

  /// `\x61\x62\x01`.
  static func writeEscaped(_ bytes: UnsafeRawBufferPointer, to output: inout ByteBuffer) {
    for byte in bytes { writeEscaped(byte, to: &output) }
  }

  /// `61 62 01`.
  static func writeHexadecimal(_ bytes: UnsafeRawBufferPointer, to output: inout ByteBuffer) {
    for (index, byte) in bytes.enumerated() {
      if index > 0 { output.append(byte: UInt8(ascii: " ")) }
      output.append(hexadecimalByte: byte)
    }
  }

  private static func writeEscaped(_ byte: UInt8, to output: inout ByteBuffer) {
    output.append("\\x")
    output.append(hexadecimalByte: byte)
  }
}
