public import LinuxSystem

/// The kernel's tracing files, which say what tracepoints there are and how their records look.
///
/// Where tracefs is mounted, that mount is read. Where it is not, it is opened as a detached mount, which no name space
/// has, nobody else sees, and goes with this object (Linux 5.2, CAP_SYS_ADMIN). Last comes its place in debugfs, for
/// looking there mounts tracefs for everyone.
public final class TraceFS: Sendable {
  /// Where the files are read from.
  public enum Source: Hashable, Sendable {
    /// A mount that was there.
    case mount(path: String)
    /// A mount of our own that nobody sees.
    case detached
  }

  /// No way to the tracing files.
  public struct Unavailable: Error, Hashable, Sendable {
    /// What was tried, in order.
    public var attempts: [SystemCallError]
  }

  /// Where the files are read from.
  public let source: Source
  private let root: OwnedDescriptor

  /// Finds or opens tracefs.
  public init(_ kernel: some KernelCalls) throws(Unavailable) {
    var attempts: [SystemCallError] = []
    let mounts = (try? kernel.contents(of: "/proc/self/mountinfo")).map(MountTable.init(mountinfo:))
    var candidates = mounts?.points(of: "tracefs").map { Optional($0) } ?? []
    candidates.append(nil)
    candidates += mounts?.points(of: "debugfs").map { $0 + "/tracing" } ?? []
    for candidate in candidates {
      do throws(SystemCallError) {
        if let path = candidate {
          root = try kernel.open(path, .directory)
          source = .mount(path: path)
        } else {
          root = try OwnedDescriptor(
            adopting: SystemCallError.check(kernel.mountDetached("tracefs"), "fsopen, fsmount", on: "tracefs"))
          source = .detached
        }
        return
      } catch {
        attempts.append(error)
      }
    }
    throw Unavailable(attempts: attempts)
  }

  /// The whole contents of a file by its path below tracefs, such as "events/sched/sched_switch/format".
  public func contents(of path: String) throws(SystemCallError) -> [UInt8] {
    try FileSystem.open(path, below: root).readToEnd(subject: "tracefs \(path)")
  }

  /// Opens what the kernel's programs print, as it comes (`trace_pipe`).
  ///
  /// What one reader reads no other sees. Reading answers `EAGAIN` while there is nothing.
  public func openLog() throws(SystemCallError) -> OwnedDescriptor {
    try FileSystem.open("trace_pipe", below: root, .readWithoutBlocking)
  }

  /// Opens what is traced into an instance, as it comes; reading answers `EAGAIN` while there is nothing.
  func openLog(ofInstance name: String) throws(SystemCallError) -> OwnedDescriptor {
    try FileSystem.open("instances/\(name)/trace_pipe", below: root, .readWithoutBlocking)
  }

  /// Makes an instance: buffers of its own, with nothing traced into them.
  func makeInstance(_ name: String) throws(SystemCallError) {
    try FileSystem.makeFolder("instances/\(name)", below: root)
  }

  /// Removes an instance that nobody reads.
  func removeInstance(_ name: String) throws(SystemCallError) {
    try FileSystem.removeFolder("instances/\(name)", below: root)
  }

  /// Writes a command to a file below tracefs, such as `kprobe_events`, whose contents stay.
  public func write(_ command: String, to path: String) throws(SystemCallError) {
    let file = try FileSystem.open(path, below: root, .write)
    var command = command
    var failure: SystemCallError?
    command.withUTF8 { bytes in
      do throws(SystemCallError) {
        try file.write(UnsafeRawBufferPointer(bytes), subject: "tracefs \(path)")
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  /// The entries of a directory below tracefs.
  public func entries(of path: String) throws(SystemCallError) -> [DirectoryEntry] {
    try FileSystem.entries(of: FileSystem.open(path, below: root, .directory), subject: "tracefs \(path)")
  }

  /// The number by which `perf_event_open(2)` knows a tracepoint.
  ///
  /// - Throws: `ENOENT` when there is no such tracepoint.
  public func eventID(subsystem: String, name: String) throws(SystemCallError) -> UInt64 {
    let path = try eventPath(subsystem, name) + "/id"
    let text = String(decoding: try contents(of: path).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    guard let id = UInt64(text) else {
      throw SystemCallError(call: "read", subject: "tracefs \(path)", errno: .invalidArgument)
    }
    return id
  }

  /// The text that describes the records of a tracepoint.
  ///
  /// - Throws: `ENOENT` when there is no such tracepoint.
  public func eventFormat(subsystem: String, name: String) throws(SystemCallError) -> [UInt8] {
    try contents(of: eventPath(subsystem, name) + "/format")
  }

  /// All tracepoints as "subsystem:name", in the kernel's order.
  ///
  /// From `available_events`; where that cannot be read, from the directories, sorted.
  public func events() throws(SystemCallError) -> [String] {
    if let bytes = try? contents(of: "available_events"), !bytes.isEmpty {
      return bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
    }
    var events: [String] = []
    for subsystem in try entries(of: "events") where subsystem.kind == .directory {
      for event in try entries(of: "events/\(subsystem.name)") where event.kind == .directory {
        events.append("\(subsystem.name):\(event.name)")
      }
    }
    return events.sorted()
  }

  /// Names come from scripts; one with a slash must not lead elsewhere.
  private func eventPath(_ subsystem: String, _ name: String) throws(SystemCallError) -> String {
    for part in [subsystem, name] where part.isEmpty || part == "." || part == ".." || part.utf8.contains(0x2F) {
      throw SystemCallError(call: "openat", subject: "tracepoint \(subsystem):\(name)", errno: .noSuchFileOrDirectory)
    }
    return "events/\(subsystem)/\(name)"
  }
}
