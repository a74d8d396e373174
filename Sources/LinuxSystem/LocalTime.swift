internal import Glibc

/// A point in time taken apart in this machine's time zone (`localtime_r(3)`), or in UTC.
public struct LocalTime: @unchecked Sendable {
  // Sendable: a value; the time zone's name in it points into the C library's own, never freed, storage.
  private var fields: tm

  /// Takes nanoseconds since 1970 apart; nil when the year does not fit the C library's 32 bits.
  public init?(nanoseconds: Int64, utc: Bool = false) {
    // Rounded down, also before 1970.
    var seconds = time_t(nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000).quotient)
    if nanoseconds % 1_000_000_000 < 0 { seconds -= 1 }
    var fields = tm()
    guard (utc ? gmtime_r(&seconds, &fields) : localtime_r(&seconds, &fields)) != nil else { return nil }
    self.fields = fields
  }

  /// The time written as `format` asks in the words of `strftime(3)`, such as "%H:%M:%S".
  public func formatted(_ format: String) -> String {
    if format.isEmpty { return "" }
    var fields = fields
    // strftime answers 0 both for "too small" and for an empty result (as %p in some locales gives), so a byte is
    // put before.
    let marked = " " + format
    var capacity = 256
    while capacity <= 1 << 20 {
      var written = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
        written = buffer.withMemoryRebound(to: CChar.self) { text in
          guard let base = text.baseAddress else { return 0 }
          return strftime(base, text.count, marked, &fields)
        }
        count = written
      }
      if written > 0 { return String(decoding: bytes.dropFirst(), as: UTF8.self) }
      capacity *= 4
    }
    return ""
  }
}
