/// How bytes are written in hexadecimal digits.
enum HexDigits {
  /// The digit of a number below 16.
  static func digit(_ number: UInt8) -> UInt8 {
    number < 10 ? UInt8(ascii: "0") + number : UInt8(ascii: "a") + (number & 0xf) - 10
  }

  /// The two digits of each byte, as they lie in memory.
  static let pairs: [UInt16] = (UInt8.min...UInt8.max).map { byte in
    (UInt16(digit(byte >> 4)) << 8 | UInt16(digit(byte & 0xf))).bigEndian
  }

  /// The bytes with one blank between them: `b4 01 00`.
  static func spaced(_ bytes: [UInt8]) -> String {
    bytes.map { byte in byte < 16 ? "0" + String(byte, radix: 16) : String(byte, radix: 16) }.joined(separator: " ")
  }

  /// What stands before byte number `index`: 16 bytes make a row, with a gap in the middle.
  static func separator(before index: Int) -> String {
    if index == 0 { return "" }
    return index % 16 == 0 ? "\n" : index % 8 == 0 ? "  " : " "
  }

  /// Rows of 16 bytes, without an end of line: `01 02 03 04 05 06 07 08  09 …`.
  static func rows(_ bytes: some Collection<UInt8>) -> String {
    var text: [UInt8] = []
    for (index, byte) in bytes.enumerated() {
      text += Array(separator(before: index).utf8)
      text += [digit(byte >> 4), digit(byte & 0xf)]
    }
    return String(decoding: text, as: UTF8.self)
  }
}
