/// How often a timed probe fires.
public enum TimerPeriod: Hashable, Sendable {
  /// So many times a second.
  case hertz(UInt64)
  /// Every so many nanoseconds.
  case nanoseconds(UInt64)

  /// The units of `profile:UNIT:COUNT`, in the order in which they are listed.
  public static let units = ["hz", "ms", "s", "us"]

  /// A count of a unit; nil for an unknown unit, for zero, and for a time that is too long.
  public init?(unit: String, count: UInt64) {
    guard count > 0 else { return nil }
    if unit == "hz" {
      self = .hertz(count)
      return
    }
    let factors: [String: UInt64] = ["s": 1_000_000_000, "ms": 1_000_000, "us": 1000, "ns": 1]
    guard let factor = factors[unit] else { return nil }
    let (nanoseconds, overflow) = count.multipliedReportingOverflow(by: factor)
    guard !overflow, nanoseconds <= UInt64(Int64.max) else { return nil }
    self = .nanoseconds(nanoseconds)
  }

  /// A time such as `1s`, `100ms`, or bare nanoseconds.
  public init?(_ text: String) {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let unit = text[digits.endIndex...]
    guard let count = UInt64(digits), unit != "hz" else { return nil }
    self.init(unit: unit.isEmpty ? "ns" : String(unit), count: count)
  }
}
