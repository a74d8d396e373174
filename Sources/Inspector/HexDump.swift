/// Bytes as rows of sixteen, with their places and what letters they are.
///
///     0000000	2320 4272 6965 6620 666f 7220 6576 6572 | # Brief  for ever
public enum HexDump {
  /// The rows, each with a line end.
  public static func rows(_ bytes: [UInt8]) -> String {
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 16) {
      let row = bytes[start..<min(start + 16, bytes.count)]
      let place = String(start, radix: 16)
      text += "\(String(repeating: "0", count: max(0, 7 - place.count)))\(place)\t"
      var letters = ""
      for (index, byte) in row.enumerated() {
        text += HexDigits.spaced([byte]) + (index % 2 == 1 ? " " : "")
        letters += (index == 8 ? " " : "") + ((0x20..<0x7f).contains(byte) ? String(UnicodeScalar(byte)) : ".")
      }
      for index in row.count..<max(16, row.count) { text += index % 2 == 1 ? "   " : "  " }
      text += "| \(letters)\n"
    }
    return text
  }
}
