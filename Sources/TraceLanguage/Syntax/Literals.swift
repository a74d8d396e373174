/// A number as it was written.
///
/// The sign is not part of it: `-1` is a negation of 1.
public struct IntegerLiteral: Sendable, Hashable {
  /// A C suffix.
  public struct Suffix: OptionSet, Sendable, Hashable {
    /// The bits of the set.
    public let rawValue: UInt8
    /// The set of these bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// `u`: unsigned.
    public static let unsigned = Suffix(rawValue: 1)
    /// `l`: 64 bits.
    public static let long = Suffix(rawValue: 2)
    /// `ll`: 64 bits.
    public static let longLong = Suffix(rawValue: 4)
  }

  /// Its value; a duration's is in nanoseconds.
  public var value: UInt64
  /// Its suffix.
  public var suffix: Suffix
  /// Whether a unit of time stood behind it.
  public var isDuration: Bool

  /// A number, plain unless said otherwise.
  public init(_ value: UInt64, suffix: Suffix = [], isDuration: Bool = false) {
    self.value = value
    self.suffix = suffix
    self.isDuration = isDuration
  }
}

/// A quoted text with its escapes resolved; need not be UTF-8, for `\xNN` may write any byte.
public struct StringLiteral: Sendable, Hashable {
  /// The bytes, without quotes and without a final NUL.
  public var bytes: [UInt8]

  /// A text of these bytes.
  public init(bytes: [UInt8]) { self.bytes = bytes }

  /// The text, repaired where it is not UTF-8.
  public var text: String { String(decoding: bytes, as: UTF8.self) }
}
