internal import CLinux

/// Signals as something to read (`signalfd(2)`), instead of handlers that interrupt.
///
/// It blocks its signals in the calling thread, and threads started later inherit that; so it is opened by the main
/// thread before others exist. The signals stay blocked when it goes away: unblocking would let one that is pending
/// kill the process at its end.
public struct SignalDescriptor: ~Copyable, Sendable {
  /// A signal that came.
  public struct Arrival: Hashable, Sendable {
    /// Which one.
    public var signal: Signal
    /// The process that sent it; 0 for the kernel.
    public var sender: Int32
  }

  /// Becomes readable when a signal is pending.
  public let descriptor: OwnedDescriptor

  /// Blocks `signals` in this thread and opens a descriptor for them.
  public init(_ signals: [Signal]) throws(SystemCallError) {
    let answer = clinux_signal_descriptor(Self.mask(signals))
    let subject = signals.map(\.description).joined(separator: ", ")
    descriptor = try OwnedDescriptor(adopting: SystemCallError.check(answer, "signalfd", on: subject))
  }

  /// The next pending signal, or nil when there is none.
  public borrowing func next() throws(SystemCallError) -> Arrival? {
    var sender: Int32 = 0
    let answer = descriptor.withNumber { clinux_signal_read($0, &sender) }
    if answer == -SystemErrno.resourceTemporarilyUnavailable.rawValue { return nil }
    return Arrival(signal: Signal(rawValue: try SystemCallError.check(answer, "read", on: "signalfd")), sender: sender)
  }

  private static func mask(_ signals: [Signal]) -> UInt64 {
    signals.reduce(0) { $1.rawValue >= 1 && $1.rawValue <= 64 ? $0 | 1 << UInt64($1.rawValue - 1) : $0 }
  }
}
