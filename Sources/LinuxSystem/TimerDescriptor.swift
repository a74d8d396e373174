internal import CLinux

/// A timer as something to read (`timerfd_create(2)`).
public struct TimerDescriptor: ~Copyable, Sendable {
  /// Becomes readable when the timer has run out.
  public let descriptor: OwnedDescriptor

  /// A timer that is not set yet.
  public init(_ clock: SystemClock = .monotonic) throws(SystemCallError) {
    let answer = clinux_timer_create(clock.rawValue)
    descriptor = try OwnedDescriptor(adopting: SystemCallError.check(answer, "timerfd_create", on: "\(clock)"))
  }

  /// Runs out after `first` nanoseconds and then every `period`; a period of 0 means once, a first of 0 means never.
  public borrowing func set(first: Int64, period: Int64 = 0) throws(SystemCallError) {
    let answer = descriptor.withNumber { clinux_timer_set($0, first, period, 0) }
    try SystemCallError.check(answer, "timerfd_settime", on: "\(first) ns, then every \(period) ns")
  }

  /// How often it has run out since the last call; 0 when it has not.
  public borrowing func expirations() throws(SystemCallError) -> UInt64 {
    var count: UInt64 = 0
    let answer = descriptor.withNumber { number in
      withUnsafeMutableBytes(of: &count) { clinux_read(number, $0.baseAddress, $0.count) }
    }
    if answer == -Int(SystemErrno.resourceTemporarilyUnavailable.rawValue) { return 0 }
    try SystemCallError.check(answer, "read", on: "timerfd")
    return count
  }
}
