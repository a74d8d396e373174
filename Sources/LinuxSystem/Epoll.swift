internal import CLinux

/// Waits for any of many descriptors, as `epoll(7)` does.
public struct Epoll: ~Copyable, Sendable {
  /// A descriptor that has something to say.
  public struct Ready: Hashable, Sendable {
    /// The number given when the descriptor was added.
    public var token: UInt64
    /// What it reported.
    public var events: Events
  }

  /// What a descriptor is watched for, or reports.
  public struct Events: OptionSet, Hashable, Sendable {
    /// The `EPOLL…` bits.
    public var rawValue: UInt32
    /// Any `EPOLL…` bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// `EPOLLIN`.
    public static let readable = Self(rawValue: 0x001)
    /// `EPOLLOUT`.
    public static let writable = Self(rawValue: 0x004)
    /// `EPOLLERR`, which is always watched for.
    ///
    /// A pipe whose reader left reports it to the writer.
    public static let error = Self(rawValue: 0x008)
    /// `EPOLLHUP`; always watched for.
    public static let hangUp = Self(rawValue: 0x010)
    /// `EPOLLET`: reports what has come since the last report, not what is still there.
    public static let edgeTriggered = Self(rawValue: 1 << 31)
  }

  private let descriptor: OwnedDescriptor

  /// An instance that watches nothing yet.
  public init() throws(SystemCallError) {
    let number = try SystemCallError.check(clinux_epoll_create(), "epoll_create1", on: "epoll")
    descriptor = try OwnedDescriptor(adopting: number)
  }

  /// Watches a descriptor, which reports with `token`.
  ///
  /// - Throws: `EPERM` for a file that is always ready, such as a regular file.
  public borrowing func add(
    _ watched: borrowing OwnedDescriptor, token: UInt64, for events: Events = .readable
  ) throws(SystemCallError) {
    try watched.withNumber { number throws(SystemCallError) in try add(number: number, token: token, for: events) }
  }

  /// Watches a descriptor that somebody else owns, such as a standard stream.
  public borrowing func add(
    number: CInt, token: UInt64, for events: Events = .readable
  ) throws(SystemCallError) {
    let answer = descriptor.withNumber { clinux_epoll_control($0, 1, number, events.rawValue, token) }
    try SystemCallError.check(answer, "epoll_ctl(EPOLL_CTL_ADD)", on: "descriptor \(number)")
  }

  /// Stops watching a descriptor; closing it does the same.
  public borrowing func remove(_ watched: borrowing OwnedDescriptor) throws(SystemCallError) {
    try watched.withNumber { number throws(SystemCallError) in
      let answer = descriptor.withNumber { clinux_epoll_control($0, 2, number, 0, 0) }
      try SystemCallError.check(answer, "epoll_ctl(EPOLL_CTL_DEL)", on: "descriptor \(number)")
    }
  }

  /// Waits until something is ready, at most `milliseconds` (nil: for ever; 0: not at all).
  ///
  /// Up to 32 descriptors are reported at a time. An interrupted wait reports none.
  public borrowing func wait(milliseconds: Int? = nil) throws(SystemCallError) -> [Ready] {
    let timeout = milliseconds.map { CInt(clamping: max(0, $0)) } ?? -1
    return try withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 32) { tokens throws(SystemCallError) in
      try withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 32) { events throws(SystemCallError) in
        let count = descriptor.withNumber {
          clinux_epoll_wait($0, tokens.baseAddress, events.baseAddress, 32, timeout)
        }
        if count == -SystemErrno.interrupted.rawValue { return [] }
        try SystemCallError.check(count, "epoll_wait", on: "epoll")
        return (0..<Int(count)).map { Ready(token: tokens[$0], events: Events(rawValue: events[$0])) }
      }
    }
  }
}
