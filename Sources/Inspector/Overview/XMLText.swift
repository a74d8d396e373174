/// Text inside XML.
enum XMLText {
  /// The text with what has a meaning in XML written otherwise; control characters, which may not be there, as U+FFFD.
  static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      case "\t": " "
      default: scalar.value < 0x20 ? "\u{fffd}" : String(scalar)
      }
    }.joined()
  }
}
