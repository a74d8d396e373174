import Diagnostics

/// Numbers: decimal, octal (`017`), hexadecimal, binary, with `_` between digits; powers of ten (`2e3`); the C suffixes
/// `u l ul ll ull`; and times (`5ms`), which are nanoseconds.
extension Lexer {
  /// Units of time and their length in nanoseconds.
  private static let durations: [String: UInt64] = [
    "ns": 1, "us": 1_000, "ms": 1_000_000, "s": 1_000_000_000, "m": 60_000_000_000, "h": 3_600_000_000_000,
    "d": 86_400_000_000_000,
  ]

  private static let suffixes: [String: IntegerLiteral.Suffix] = [
    "u": .unsigned, "l": .long, "ul": [.unsigned, .long], "ll": .longLong, "ull": [.unsigned, .longLong],
  ]

  /// The number at `position`, which is at a digit; 0 when it cannot be read, which is then reported.
  mutating func scanInteger() -> IntegerLiteral {
    let start = position
    while byte().isWordPart { position += 1 }
    let whole = span(from: start)
    var characters = bytes(from: start, to: position).filter { $0 != UInt8(ascii: "_") }[...]
    let base = Self.takeBase(&characters)
    let digits = characters.prefix { ($0.digitValue ?? 16) < UInt8(base == 16 ? 16 : 10) }
    let rest = String(decoding: characters.dropFirst(digits.count), as: UTF8.self)
    if digits.isEmpty {
      diagnostics.report(.numberWithoutDigits(at: whole))
      return IntegerLiteral(0)
    }
    guard let value = Self.value(of: digits, base: base) else {
      let isBadDigit = digits.contains { UInt64($0.digitValue ?? 16) >= base }
      diagnostics.report(isBadDigit ? .digitOutsideBase(base, at: whole) : .integerTooLarge(at: whole))
      return IntegerLiteral(0)
    }
    if rest.isEmpty { return IntegerLiteral(value) }
    if let suffix = Self.suffixes[rest.lowercased()] { return checked(value, suffix, at: whole) }
    if base == 10 {
      if let unit = Self.durations[rest] { return duration(value, unit, at: whole) }
      if let exponent = Self.exponent(rest) { return power(value, exponent, at: whole) }
    }
    diagnostics.report(.invalidNumberSuffix(rest, at: whole))
    return IntegerLiteral(value)
  }

  private static func takeBase(_ characters: inout ArraySlice<UInt8>) -> UInt64 {
    guard characters.first == UInt8(ascii: "0"), let second = characters.dropFirst().first else { return 10 }
    switch second {
    case UInt8(ascii: "x"), UInt8(ascii: "X"):
      characters = characters.dropFirst(2)
      return 16
    case UInt8(ascii: "b"), UInt8(ascii: "B"):
      characters = characters.dropFirst(2)
      return 2
    case let digit where digit.isDigit:
      characters = characters.dropFirst()
      return 8
    default:
      return 10
    }
  }

  private static func value(of digits: ArraySlice<UInt8>, base: UInt64) -> UInt64? {
    var value: UInt64 = 0
    for byte in digits {
      guard let digit = byte.digitValue, UInt64(digit) < base else { return nil }
      let (product, isTooLarge) = value.multipliedReportingOverflow(by: base)
      let (sum, carries) = product.addingReportingOverflow(UInt64(digit))
      if isTooLarge || carries { return nil }
      value = sum
    }
    return value
  }

  /// The digits of `e3`; nil when `rest` is something else.
  private static func exponent(_ rest: String) -> Substring? {
    guard rest.first == "e" || rest.first == "E" else { return nil }
    let digits = rest.dropFirst()
    return !digits.isEmpty && digits.utf8.allSatisfy(\.isDigit) ? digits : nil
  }

  private mutating func checked(
    _ value: UInt64, _ suffix: IntegerLiteral.Suffix, at span: SourceSpan
  ) -> IntegerLiteral {
    let highest: UInt64 =
      suffix == .unsigned ? UInt64(UInt32.max) : suffix.contains(.unsigned) ? UInt64.max : UInt64(Int64.max)
    if value > highest { diagnostics.report(.integerTooLargeForSuffix(highest, at: span)) }
    return IntegerLiteral(value, suffix: suffix)
  }

  private mutating func duration(_ value: UInt64, _ unit: UInt64, at span: SourceSpan) -> IntegerLiteral {
    let (nanoseconds, isTooLarge) = value.multipliedReportingOverflow(by: unit)
    if isTooLarge { diagnostics.report(.durationTooLong(at: span)) }
    return IntegerLiteral(isTooLarge ? 0 : nanoseconds, isDuration: true)
  }

  private mutating func power(_ coefficient: UInt64, _ exponent: Substring, at span: SourceSpan) -> IntegerLiteral {
    guard (1...9).contains(coefficient), exponent.first != "0", let count = Int(exponent) else {
      diagnostics.report(.invalidPowerOfTen(at: span))
      return IntegerLiteral(0)
    }
    var value = coefficient
    // 20 factors of ten are beyond 64 bits, whatever the coefficient.
    for _ in 0..<min(count, 20) {
      let (product, isTooLarge) = value.multipliedReportingOverflow(by: 10)
      if isTooLarge {
        diagnostics.report(.integerTooLarge(at: span))
        return IntegerLiteral(0)
      }
      value = product
    }
    return IntegerLiteral(value)
  }
}
