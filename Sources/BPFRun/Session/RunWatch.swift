internal import BPF
internal import LinuxSystem

/// Waits for whatever a run waits for: records, signals, time, the end of a process, and the leaving of the output's
/// reader.
struct RunWatch: ~Copyable {
  /// Why a run ends.
  enum Ending { case signal, timeIsOver, processEnded, outputClosed, nothingLeft }

  /// What one wait brought.
  struct Turn {
    var hasRecords = false
    var isIntervalOver = false
    var ending: Ending?
  }

  private enum Token {
    static let signal: UInt64 = 1 << 32
    static let process: UInt64 = 2 << 32
    static let output: UInt64 = 3 << 32
    static let interval: UInt64 = 4 << 32
    static let duration: UInt64 = 5 << 32
  }

  /// How often a process is asked for that cannot be waited for.
  private static let pollingMilliseconds = 100

  /// Where buffers are added, with tokens below 2^32.
  let epoll: Epoll
  private let signals: SignalDescriptor?
  private let process: ProcessDescriptor?
  private let interval: TimerDescriptor?
  private let duration: TimerDescriptor?
  /// The process when it has to be asked for again and again.
  private let polledProcess: Int32?

  init(_ options: RunOptions, child: Int32?) throws(SystemCallError) {
    let epoll = try Epoll()
    let signals = try Self.signals(options.endingSignals, epoll)
    let id = child ?? options.targets.process
    if let id, !ProcessDescriptor.exists(id) {
      throw SystemCallError(call: "pidfd_open", subject: "process \(id)", errno: .noSuchProcess)
    }
    let process = Self.process(id, epoll)
    let isPolled = process == nil
    let interval = try Self.timer(options.interval, repeats: true, epoll, Token.interval)
    let duration = try Self.timer(options.duration, repeats: false, epoll, Token.duration)
    if options.watchesStandardOutput {
      // Only a pipe or a socket can lose its reader; a file is refused with EPERM.
      try? epoll.add(number: StandardStream.output.rawValue, token: Token.output, for: [])
    }
    polledProcess = isPolled ? id : nil
    self.epoll = epoll
    self.signals = signals
    self.process = process
    self.interval = interval
    self.duration = duration
  }

  private static func signals(
    _ signals: [Signal], _ epoll: borrowing Epoll
  ) throws(SystemCallError) -> SignalDescriptor? {
    if signals.isEmpty { return nil }
    let descriptor = try SignalDescriptor(signals)
    try epoll.add(descriptor.descriptor, token: Token.signal)
    return descriptor
  }

  /// Nil also on a kernel or in a sandbox without pidfd_open(2).
  private static func process(_ id: Int32?, _ epoll: borrowing Epoll) -> ProcessDescriptor? {
    guard let id, let descriptor = try? ProcessDescriptor(id) else { return nil }
    do throws(SystemCallError) { try epoll.add(descriptor.descriptor, token: Token.process) } catch { return nil }
    return descriptor
  }

  private static func timer(
    _ nanoseconds: Int64?, repeats: Bool, _ epoll: borrowing Epoll, _ token: UInt64
  ) throws(SystemCallError) -> TimerDescriptor? {
    guard let nanoseconds else { return nil }
    let timer = try TimerDescriptor()
    try timer.set(first: nanoseconds, period: repeats ? nanoseconds : 0)
    try epoll.add(timer.descriptor, token: token)
    return timer
  }

  /// Waits until something has happened.
  borrowing func wait() throws(SystemCallError) -> Turn {
    var turn = Turn()
    for ready in try epoll.wait(milliseconds: polledProcess == nil ? nil : Self.pollingMilliseconds) {
      switch ready.token {
      case Token.signal: if try signals?.next() != nil { turn.ending = .signal }
      case Token.process: turn.ending = .processEnded
      case Token.duration: turn.ending = .timeIsOver
      case Token.interval: if try (interval?.expirations() ?? 0) > 0 { turn.isIntervalOver = true }
      case Token.output: if !ready.events.isDisjoint(with: [.error, .hangUp]) { turn.ending = .outputClosed }
      default: turn.hasRecords = true
      }
    }
    if let polledProcess, !ProcessDescriptor.exists(polledProcess) { turn.ending = .processEnded }
    return turn
  }
}
