import BPF
import KernelInterface
import LinuxSystem

/// Waits for whatever a run waits for: records, signals, the end of the traced process or child, and the leaving of the
/// output's reader.
struct RunWatch: ~Copyable {
  /// Something that happened.
  enum Event: Hashable, Sendable {
    /// There are records to read.
    case records
    /// The records of what processes map should be taken up, or they will overflow.
    case processRecords
    /// One of the ending signals came.
    case signal(Signal)
    /// The process of `-p` or the child of `-c` has ended.
    case processEnded
    /// Nobody reads the output any more.
    case outputClosed
  }

  private enum Token: UInt64 { case records, processRecords, signal, process, output }

  /// How often a process is asked for that cannot be waited for.
  private static let pollingMilliseconds = 100

  private let epoll: Epoll
  private let signals: SignalDescriptor?
  private let process: ProcessDescriptor?
  /// The process when it has to be asked for again and again.
  private let polledProcess: Int32?

  /// Watches a ring buffer, where there is one, and the other things as far as the options ask for them.
  init(
    records: Map?, processRecords: ProcessRecords?, options: TraceOptions, child: Int32?
  ) throws(SystemCallError) {
    let epoll = try Epoll()
    if let processRecords { try processRecords.watch(with: epoll, token: Token.processRecords.rawValue) }
    if let records { try epoll.add(records.descriptor, token: Token.records.rawValue) }
    if options.endingSignals.isEmpty {
      signals = nil
    } else {
      let descriptor = try SignalDescriptor(options.endingSignals)
      try epoll.add(descriptor.descriptor, token: Token.signal.rawValue)
      signals = consume descriptor
    }
    var polledProcess: Int32?
    if let id = child ?? options.process {
      do throws(SystemCallError) {
        let descriptor = try ProcessDescriptor(id)
        try epoll.add(descriptor.descriptor, token: Token.process.rawValue)
        process = consume descriptor
      } catch {
        // A kernel or a sandbox without pidfd_open(2).
        process = nil
        polledProcess = id
      }
    } else {
      process = nil
    }
    self.polledProcess = polledProcess
    if options.watchesStandardOutput {
      // Only a pipe or a socket can lose its reader; a file is refused with EPERM.
      try? epoll.add(number: StandardStream.output.rawValue, token: Token.output.rawValue, for: [])
    }
    self.epoll = epoll
  }

  /// Waits until something has happened, or `milliseconds` are over (nil: for ever).
  borrowing func wait(milliseconds: Int?) throws(SystemCallError) -> [Event] {
    let timeout = polledProcess == nil ? milliseconds : min(milliseconds ?? .max, Self.pollingMilliseconds)
    var events: [Event] = []
    for ready in try epoll.wait(milliseconds: timeout) {
      switch Token(rawValue: ready.token) {
      case .records: events.append(.records)
      case .processRecords: events.append(.processRecords)
      case .signal: if let arrival = try signals?.next() { events.append(.signal(arrival.signal)) }
      case .process: events.append(.processEnded)
      case .output: if !ready.events.isDisjoint(with: [.error, .hangUp]) { events.append(.outputClosed) }
      case nil: break
      }
    }
    if let polledProcess, !ProcessDescriptor.exists(polledProcess) { events.append(.processEnded) }
    return events
  }
}
