extension TypedValue {
  /// The value as JSON: `{"pid":7,"comm":"bash","tv":[1,2]}`.
  ///
  /// Integers and enums without a name are numbers, pointers strings as `"0x…"`, characters a string up to the first
  /// zero, the members of anonymous structs and unions stand among the others. Infinite floats, which JSON has not,
  /// are strings.
  public var json: String {
    var text = ""
    writeJSON(to: &text)
    return text
  }

  private func writeJSON(to text: inout String) {
    switch self {
    case .integer(let value): text += String(value)
    case .unsigned(let value): text += String(value)
    case .boolean(let value): text += value ? "true" : "false"
    case .float(let value): text += value.isFinite ? "\(value)" : "\"\(value)\""
    case .enumerator(let name, let value):
      if let name { Self.writeString(name, to: &text) } else { text += String(value) }
    case .pointer(let value): text += "\"0x\(String(value, radix: 16))\""
    case .characters(let bytes):
      Self.writeString(String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self), to: &text)
    case .array(let elements):
      text += "["
      for (index, element) in elements.enumerated() {
        if index > 0 { text += "," }
        element.writeJSON(to: &text)
      }
      text += "]"
    case .structure(let fields):
      text += "{"
      var isFirst = true
      Self.writeFields(fields, to: &text, isFirst: &isFirst)
      text += "}"
    }
  }

  private static func writeFields(_ fields: [Field], to text: inout String, isFirst: inout Bool) {
    for field in fields {
      if field.name.isEmpty, case .structure(let inner) = field.value {
        writeFields(inner, to: &text, isFirst: &isFirst)
        continue
      }
      if !isFirst { text += "," }
      isFirst = false
      writeString(field.name, to: &text)
      text += ":"
      field.value.writeJSON(to: &text)
    }
  }

  /// A string in quotes, with what JSON demands escaped (RFC 8259, section 7).
  static func writeString(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
