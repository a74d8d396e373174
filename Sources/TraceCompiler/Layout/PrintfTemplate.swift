/// A parsed printf format: literal text and gaps.
public struct PrintfTemplate: Hashable, Sendable {
  /// A piece of a template.
  public enum Piece: Hashable, Sendable {
    /// Text as it stands, escapes resolved and `%%` undone.
    case text(String)
    /// The next argument, shown as the specifier says.
    case argument(PrintfSpecifier)
  }

  /// The pieces in order.
  public var pieces: [Piece]

  /// A template of these pieces.
  public init(pieces: [Piece]) { self.pieces = pieces }

  /// The specifiers in order, one for each argument.
  public var specifiers: [PrintfSpecifier] {
    pieces.compactMap { if case .argument(let specifier) = $0 { specifier } else { nil } }
  }
}

/// One `%…` of a printf format.
public struct PrintfSpecifier: Hashable, Sendable {
  /// How the argument is converted.
  public enum Conversion: String, CaseIterable, Sendable {
    case signedDecimal = "d"
    case unsignedDecimal = "u"
    case octal = "o"
    case hexadecimal = "x"
    case upperHexadecimal = "X"
    case character = "c"
    case string = "s"
    case pointer = "p"
    /// A buffer as text, with `\xNN` for what is not printable.
    case buffer = "r"
    /// A buffer as `\xNN` throughout.
    case escapedBuffer = "rx"
    /// A buffer as hexadecimal bytes with blanks between.
    case hexadecimalBuffer = "rh"
    /// The kernel's allocation flags by name.
    case allocationFlags = "gr"
  }

  /// `-`: to the left.
  public var isLeftAligned = false
  /// `+`: a sign before positive numbers too.
  public var showsPlus = false
  /// A blank before positive numbers; without effect, as in bpftrace.
  public var showsBlank = false
  /// `#`: `0x` or `0` before the digits.
  public var isAlternate = false
  /// `0`: filled with zeros.
  public var isZeroPadded = false
  /// The least number of characters.
  public var width: Int?
  /// Digits at the least.
  public var precision: Int?
  /// The integer's size in bytes by the length modifier: 1 (hh), 2 (h), 8 (l, ll, j, z, t), or 4 without one.
  public var integerByteCount = 4
  /// How the argument is converted.
  public var conversion: Conversion

  /// A bare conversion.
  public init(conversion: Conversion) { self.conversion = conversion }
}
