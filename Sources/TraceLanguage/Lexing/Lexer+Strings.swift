import Diagnostics

/// Quoted text: `"…"` on one line, with `\n \t \r \" \\`, octal `\0nn` and hexadecimal `\xNN`.
extension Lexer {
  /// The text at `position`, which is at its opening quote; up to the line's end when the closing one is missing.
  mutating func scanString() -> StringLiteral {
    let start = position
    position += 1
    var content: [UInt8] = []
    while !isAtEnd {
      switch byte() {
      case UInt8(ascii: "\""):
        position += 1
        return StringLiteral(bytes: content)
      case UInt8(ascii: "\n"):
        diagnostics.report(.unterminatedString(at: span(from: start)))
        return StringLiteral(bytes: content)
      case UInt8(ascii: "\\"):
        if let escaped = scanEscape() { content.append(escaped) }
      case let plain:
        content.append(plain)
        position += 1
      }
    }
    diagnostics.report(.unterminatedString(at: span(from: start)))
    return StringLiteral(bytes: content)
  }

  private mutating func scanEscape() -> UInt8? {
    let start = position
    position += 1
    let letter = byte()
    switch letter {
    case UInt8(ascii: "n"): position += 1; return 0x0a
    case UInt8(ascii: "t"): position += 1; return 0x09
    case UInt8(ascii: "r"): position += 1; return 0x0d
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): position += 1; return letter
    case UInt8(ascii: "0")...UInt8(ascii: "7"): return scanNumberedEscape(from: start, base: 8, atMost: 3)
    case UInt8(ascii: "x"):
      position += 1
      return scanNumberedEscape(from: start, base: 16, atMost: 2)
    case _ where isAtEnd || letter == UInt8(ascii: "\n"):
      return nil  // The caller reports the missing quote.
    default:
      position += 1
      while byte() >= 0x80 { position += 1 }
      diagnostics.report(.invalidEscape(at: span(from: start)))
      return nil
    }
  }

  private mutating func scanNumberedEscape(from start: Int, base: Int, atMost count: Int) -> UInt8? {
    var value = 0
    var taken = 0
    while taken < count, let digit = byte().digitValue, digit < base {
      value = value * base + Int(digit)
      taken += 1
      position += 1
    }
    guard taken > 0, let result = UInt8(exactly: value) else {
      diagnostics.report(.invalidEscape(at: span(from: start)))
      return nil
    }
    return result
  }

  /// Reports `'…'`, which is no form of the language, and returns what was probably meant.
  mutating func scanSingleQuotes() -> StringLiteral {
    let start = position
    position += 1
    while !isAtEnd, byte() != UInt8(ascii: "\n"), byte() != UInt8(ascii: "'") { position += 1 }
    let content = bytes(from: start + 1, to: position)
    let isClosed = byte() == UInt8(ascii: "'")
    if isClosed {
      position += 1
    } else {
      // Nothing closes it: a stray apostrophe, behind which the script goes on.
      position = start + 1
    }
    diagnostics.report(.singleQuotes(isClosed: isClosed, at: span(from: start)))
    return StringLiteral(bytes: Array(content))
  }
}
