import LinuxSystem

/// When to look through maps for processes whose code their stacks lie in.
///
/// Such processes must be looked at while they live, and no record tells of a stack that only goes into a map. The
/// interval grows with what a look costs, so that at most a twentieth of the time goes there.
struct UserCodeScan: Sendable {
  private static let shortestInterval: Int64 = 100_000_000

  private let isNeeded: Bool
  private var interval = shortestInterval
  private var next: Int64

  init(isNeeded: Bool) {
    self.isNeeded = isNeeded
    next = SystemClock.monotonic.nanoseconds + Self.shortestInterval
  }

  /// How long to wait at most for the next look; nil when there is none.
  var milliseconds: Int? {
    isNeeded ? Int(max(next - SystemClock.monotonic.nanoseconds, 0) / 1_000_000 + 1) : nil
  }

  /// Looks if it is time.
  mutating func runIfDue(_ look: () -> Void) {
    let start = SystemClock.monotonic.nanoseconds
    guard isNeeded, start >= next else { return }
    look()
    let end = SystemClock.monotonic.nanoseconds
    interval = max(Self.shortestInterval, (end - start) * 20)
    next = end + interval
  }
}
