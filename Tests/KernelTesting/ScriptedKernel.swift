public import KernelInterface
public import LinuxSystem
import Synchronization

/// A kernel whose answers a test writes down.
///
/// A scripted success hands out a real descriptor, so that closing is honest and can be counted.
public final class ScriptedKernel: KernelCalls {
  /// What a call gives back.
  public enum Answer: Sendable {
    /// A descriptor of an empty file.
    case descriptor
    /// An error number.
    case failure(SystemErrno)
    /// A number that is no descriptor, after the attribute has been changed.
    case number(CInt, @Sendable (inout BPFAttribute) -> Void)
  }

  private let answers: Mutex<[BPFCall: [Answer]]>
  private let events: Mutex<[Answer]>
  private let files: [String: String]
  private let mounts: Bool
  private let countsLockedMemory: Bool
  /// A descriptor of a file of its own, that nothing else opens.
  private let keeper: CInt
  private let name: String
  private let recordedCalls = Mutex<[BPFCall]>([])
  private let recordedAttributes = Mutex<[BPFAttribute]>([])
  private let recordedEvents = Mutex<[PerfEventAttribute]>([])

  /// What was called, in order.
  public var calls: [BPFCall] { recordedCalls.withLock { $0 } }
  /// What the calls were given, in order, as it was before the kernel wrote its answers.
  public var attributes: [BPFAttribute] { recordedAttributes.withLock { $0 } }
  /// What events were asked for, in order.
  public var perfAttributes: [PerfEventAttribute] { recordedEvents.withLock { $0 } }

  /// Answers in the order in which they are given; what is asked for beyond them is `ENOSYS`.
  public init(
    _ answers: [BPFCall: [Answer]] = [:], events: [Answer] = [], files: [String: String] = [:], mounts: Bool = false,
    countsLockedMemory: Bool = false
  ) {
    self.answers = Mutex(answers)
    self.events = Mutex(events)
    self.files = files
    self.mounts = mounts
    self.countsLockedMemory = countsLockedMemory
    name = "/tmp/swift-bpf-scripted-\(CurrentProcess.id)-\(UInt64.random(in: 0...(.max)))"
    keeper = (try? FileSystem.open(name, .create).disown()) ?? -1
    try? FileSystem.remove(name)
  }

  deinit { _ = try? OwnedDescriptor(adopting: keeper) }

  /// How many of the descriptors that were handed out are open still.
  public func openDescriptors() throws -> Int {
    try FileSystem.entries(of: "/proc/self/fd").count {
      (try? FileSystem.target(ofLink: "/proc/self/fd/\($0.name)")) == "\(name) (deleted)"
    } - 1
  }

  private func number(_ answer: Answer?, _ attribute: inout BPFAttribute) -> CInt {
    switch answer {
    case .descriptor:
      return (try? FileSystem.open("/proc/self/fd/\(keeper)").disown()) ?? -24
    case .failure(let errno): return -errno.rawValue
    case .number(let number, let change):
      change(&attribute)
      return number
    case nil: return -SystemErrno.noFunction.rawValue
    }
  }

  /// The next answer that was written down for the command.
  public func bpf(_ command: BPFCall, _ attribute: inout BPFAttribute) -> CInt {
    let given = attribute
    recordedCalls.withLock { $0.append(command) }
    recordedAttributes.withLock { $0.append(given) }
    let answer = answers.withLock { $0[command]?.isEmpty == false ? $0[command]?.removeFirst() : nil }
    return number(answer, &attribute)
  }

  /// The next answer for events.
  public func openPerfEvent(_ attribute: inout PerfEventAttribute, process: Int32, cpu: CInt) -> CInt {
    let copy = attribute
    recordedEvents.withLock { $0.append(copy) }
    var none = BPFAttribute()
    return number(events.withLock { $0.isEmpty ? nil : $0.removeFirst() }, &none)
  }

  /// Always works.
  public func ioctl(_ descriptor: CInt, _ request: UInt, _ argument: UInt) -> CInt { 0 }

  /// There is no memory.
  public func map(
    _ address: inout UnsafeMutableRawPointer?, length: Int, _ protection: MemoryProtection, fixed: Bool,
    of descriptor: CInt, offset: Int
  ) -> CInt { -SystemErrno.noMemory.rawValue }

  /// Always works.
  public func unmap(_ address: UnsafeMutableRawPointer, length: Int) -> CInt { 0 }

  /// A copy of the text that was written down for the path.
  public func open(_ path: String, _ mode: FileSystem.OpenMode) throws(SystemCallError) -> OwnedDescriptor {
    guard let text = files[path] else {
      throw SystemCallError(call: "openat", subject: path, errno: .noSuchFileOrDirectory)
    }
    let name = "\(name)-\(path.split(separator: "/").joined(separator: "-"))"
    let file = try FileSystem.open(name, .create)
    defer { try? FileSystem.remove(name) }
    let output = BufferedOutput(file, subject: name, buffering: .full)
    try output.write(text)
    try output.flush()
    return try FileSystem.open(name, mode)
  }

  /// Whether the kernel counts locked memory.
  public func liftLockedMemoryLimit() -> Bool { countsLockedMemory }

  /// The root directory where mounts are allowed.
  public func mountDetached(_ fileSystem: String) -> CInt {
    mounts ? (try? FileSystem.open("/", .directory).disown()) ?? -24 : -SystemErrno.notPermitted.rawValue
  }
}
