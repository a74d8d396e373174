/// Rust names of the older mangling: a C++ name whose last part is `h` and sixteen hexadecimal digits.
enum RustLegacyName {
  /// The path without its hash, or nil when the name is of another form.
  static func demangle(_ name: String) -> String? {
    var bytes = Array(name.utf8.drop { $0 == UInt8(ascii: "_") })[...]
    guard bytes.starts(with: "ZN".utf8) else { return nil }
    bytes = bytes.dropFirst(2)
    var parts: [String] = []
    while bytes.first != UInt8(ascii: "E") {
      let digits = bytes.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
      guard let length = Int(String(decoding: digits, as: UTF8.self)), length > 0,
        bytes.count - digits.count >= length
      else { return nil }
      let part = bytes.dropFirst(digits.count).prefix(length)
      parts.append(String(decoding: part, as: UTF8.self))
      bytes = bytes[part.endIndex...]
    }
    // LLVM appends `.llvm.` and a number to what it made global.
    guard bytes.count == 1 || bytes.dropFirst().first == UInt8(ascii: ".") else { return nil }
    guard parts.count > 1, let hash = parts.popLast(), hash.utf8.count == 17, hash.hasPrefix("h"),
      hash.dropFirst().allSatisfy({ $0.isHexDigit && !$0.isUppercase })
    else { return nil }
    var path: [String] = []
    for part in parts {
      guard let text = unescape(part) else { return nil }
      path.append(text)
    }
    return path.joined(separator: "::")
  }

  private static let escapes: [Substring: String] = [
    "SP": "@", "BP": "*", "RF": "&", "LT": "<", "GT": ">", "LP": "(", "RP": ")", "C": ",",
  ]

  /// `$LT$` is `<`, `$u20$` the character of that number, `..` is `::`.
  private static func unescape(_ part: String) -> String? {
    // A part may not start with an escape, so that an underscore stands before it.
    var rest = part.hasPrefix("_$") ? part.dropFirst() : part[...]
    var result = ""
    while let first = rest.first {
      if first == "$" {
        guard let end = rest.dropFirst().firstIndex(of: "$") else { return nil }
        let escape = rest[rest.index(after: rest.startIndex)..<end]
        if let text = escapes[escape] {
          result += text
        } else if escape.hasPrefix("u"), let number = UInt32(escape.dropFirst(), radix: 16),
          let scalar = Unicode.Scalar(number)
        {
          result.unicodeScalars.append(scalar)
        } else {
          return nil
        }
        rest = rest[rest.index(after: end)...]
      } else if rest.hasPrefix("..") {
        result += "::"
        rest = rest.dropFirst(2)
      } else {
        result.append(first)
        rest = rest.dropFirst()
      }
    }
    return result
  }
}
