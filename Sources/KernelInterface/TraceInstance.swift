public import LinuxSystem
internal import Synchronization

/// An instance of the kernel's tracing: buffers of its own, into which chosen tracepoints write besides whatever else
/// happens to them; what is read from it nobody else misses.
///
/// It is a folder of tracefs, `instances/swift-bpf-PID-NUMBER`, which goes with this object. Those of processes that were
/// killed are removed when the next one is made.
///
/// *First kernel*: 3.10.
public final class TraceInstance {
  private let tracing: TraceFS
  private let name: String
  /// Where the log is read, closed before the instance goes.
  private var log: Log?

  private final class Log {
    let descriptor: OwnedDescriptor
    init(_ descriptor: consuming OwnedDescriptor) { self.descriptor = descriptor }
  }

  private static let prefix = "swift-bpf-"
  private static let count = Atomic<UInt64>(0)

  /// Makes an instance into which one tracepoint writes, with a buffer of `kibibytesPerCPU` for each CPU.
  ///
  /// - Throws: `ENOENT` when there is no such tracepoint, `EACCES` or `EPERM` without the right to write tracefs.
  public init(
    of tracing: TraceFS, subsystem: String, event: String, kibibytesPerCPU: Int = 256
  ) throws(SystemCallError) {
    // Whether it is there, before anything is made.
    _ = try tracing.eventID(subsystem: subsystem, name: event)
    Self.removeAbandoned(tracing)
    let number = Self.count.add(1, ordering: .relaxed).newValue
    let name = "\(Self.prefix)\(CurrentProcess.id)-\(number)"
    try tracing.makeInstance(name)
    self.tracing = tracing
    self.name = name
    try tracing.write("\(kibibytesPerCPU)", to: "instances/\(name)/buffer_size_kb")
    try tracing.write("1", to: "instances/\(name)/events/\(subsystem)/\(event)/enable")
    log = Log(try tracing.openLog(ofInstance: name))
  }

  /// Removes what processes left behind that are gone; one whose buffer is still read stays.
  private static func removeAbandoned(_ tracing: TraceFS) {
    for entry in (try? tracing.entries(of: "instances")) ?? [] where entry.name.hasPrefix(prefix) {
      let number = entry.name.dropFirst(prefix.utf8.count).prefix { $0 != "-" }
      if let process = Int32(number), !ProcessDescriptor.exists(process) { try? tracing.removeInstance(entry.name) }
    }
  }

  /// Adds the log to `epoll`.
  public func watch(with epoll: borrowing Epoll, token: UInt64) throws(SystemCallError) {
    if let log { try epoll.add(log.descriptor, token: token) }
  }

  /// Reads what is there, a part of it at a time; nothing when there is no more.
  public func read() throws(SystemCallError) -> [UInt8] {
    guard let log else { return [] }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    var count = 0
    var failure: SystemCallError?
    bytes.withUnsafeMutableBytes { buffer in
      do throws(SystemCallError) { count = try log.descriptor.read(into: buffer, subject: "trace_pipe") } catch {
        if error.errno != .resourceTemporarilyUnavailable { failure = error }
      }
    }
    if let failure { throw failure }
    return Array(bytes.prefix(count))
  }

  deinit {
    // An instance that is read cannot be removed.
    log = nil
    try? tracing.removeInstance(name)
  }
}
