public import LinuxSystem

/// The doors into the kernel that the BPF rooms use, as a value: live in the product, scripted in tests.
///
/// Everything that is done with them is an extension of this protocol, one file per concept. Answers are as the kernel
/// gives them: a descriptor or a count, or a negative error number.
public protocol KernelCalls: Sendable {
  /// `bpf(2)`.
  func bpf(_ command: BPFCall, _ attribute: inout BPFAttribute) -> CInt

  /// `perf_event_open(2)`; always close-on-exec.
  func openPerfEvent(_ attribute: inout PerfEventAttribute, process: Int32, cpu: CInt) -> CInt

  /// `ioctl(2)` with a number as its argument.
  func ioctl(_ descriptor: CInt, _ request: UInt, _ argument: UInt) -> CInt

  /// `mmap(2)`; the address comes back through `address`, which on entry is where the mapping is wanted.
  func map(
    _ address: inout UnsafeMutableRawPointer?, length: Int, _ protection: MemoryProtection, fixed: Bool,
    of descriptor: CInt, offset: Int
  ) -> CInt

  /// `munmap(2)`.
  func unmap(_ address: UnsafeMutableRawPointer, length: Int) -> CInt

  /// Opens a file by path.
  func open(_ path: String, _ mode: FileSystem.OpenMode) throws(SystemCallError) -> OwnedDescriptor

  /// Lifts the limit against which this kernel counts maps and programs, if it is one that does (before 5.11); false
  /// when that would change nothing.
  func liftLockedMemoryLimit() -> Bool

  /// `fsopen(2)`, `fsconfig(2)` and `fsmount(2)`: a mount that no name space has, gone with its descriptor. Linux 5.2.
  func mountDetached(_ fileSystem: String) -> CInt

  /// `socket(2)` of `NETLINK_ROUTE`, in the network of the calling thread; always close-on-exec.
  func openRouteSocket() -> CInt

  /// `send(2)` of a whole message.
  func send(_ socket: CInt, _ message: UnsafeRawBufferPointer) -> Int

  /// `recv(2)` with `MSG_TRUNC`: the true length of the message; `peeking` leaves it in the queue.
  func receive(_ socket: CInt, into buffer: UnsafeMutableRawBufferPointer, peeking: Bool) -> Int

  /// `setsockopt(2)`.
  func setOption(_ name: CInt, level: CInt, of socket: CInt, to value: UnsafeRawBufferPointer) -> CInt
}

/// A kernel without sockets, which is what a script of calls is that names none.
extension KernelCalls {
  /// `ENOSYS`.
  public func openRouteSocket() -> CInt { -SystemErrno.noFunction.rawValue }
  /// `ENOSYS`.
  public func send(_ socket: CInt, _ message: UnsafeRawBufferPointer) -> Int { Int(-SystemErrno.noFunction.rawValue) }
  /// `ENOSYS`.
  public func receive(_ socket: CInt, into buffer: UnsafeMutableRawBufferPointer, peeking: Bool) -> Int {
    Int(-SystemErrno.noFunction.rawValue)
  }
  /// `ENOSYS`.
  public func setOption(_ name: CInt, level: CInt, of socket: CInt, to value: UnsafeRawBufferPointer) -> CInt {
    -SystemErrno.noFunction.rawValue
  }
}

/// How mapped memory may be used.
public enum MemoryProtection: Sendable {
  /// Reserved and not accessible; not of a file.
  case none
  /// `PROT_READ`, shared with the kernel.
  case read
  /// `PROT_READ | PROT_WRITE`, shared with the kernel.
  case readWrite
}

extension KernelCalls {
  /// Makes a map, a program or type information; `EPERM` on a kernel that counts them as locked memory may mean that
  /// there was no room, so the call is made again without a limit.
  func create(_ command: BPFCall, _ attribute: inout BPFAttribute) -> CInt {
    let given = attribute
    let answer = bpf(command, &attribute)
    guard answer == -SystemErrno.notPermitted.rawValue, liftLockedMemoryLimit() else { return answer }
    attribute = given
    return bpf(command, &attribute)
  }

  /// A `bpf(2)` call whose negative answer is thrown.
  @discardableResult
  func call(
    _ command: BPFCall, _ attribute: inout BPFAttribute, on subject: @autoclosure () -> String
  ) throws(SystemCallError) -> CInt {
    try SystemCallError.check(bpf(command, &attribute), "bpf(\(command.name))", on: subject())
  }

  /// The whole contents of a file.
  public func contents(of path: String) throws(SystemCallError) -> [UInt8] {
    try open(path, .read).readToEnd(subject: path)
  }

  /// The whole contents of a file as text.
  public func text(of path: String) throws(SystemCallError) -> String {
    String(decoding: try contents(of: path), as: UTF8.self)
  }
}
