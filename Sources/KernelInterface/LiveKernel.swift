internal import CLinux
internal import Glibc
public import LinuxSystem

/// The kernel that this process runs on.
public struct LiveKernel: KernelCalls {
  /// It has no state: every value is the same kernel.
  public init() {}

  /// `bpf(2)`.
  public func bpf(_ command: BPFCall, _ attribute: inout BPFAttribute) -> CInt {
    attribute.withUnsafeMutableBytes { clinux_bpf(command.rawValue, $0.baseAddress, $0.count) }
  }

  /// `perf_event_open(2)`, in no group.
  public func openPerfEvent(_ attribute: inout PerfEventAttribute, process: Int32, cpu: CInt) -> CInt {
    attribute.withUnsafeMutableBytes { clinux_perf_event_open($0.baseAddress, process, cpu, -1, 0) }
  }

  /// `ioctl(2)`.
  public func ioctl(_ descriptor: CInt, _ request: UInt, _ argument: UInt) -> CInt {
    clinux_ioctl(descriptor, request, argument)
  }

  /// `mmap(2)`.
  public func map(
    _ address: inout UnsafeMutableRawPointer?, length: Int, _ protection: MemoryProtection, fixed: Bool,
    of descriptor: CInt, offset: Int
  ) -> CInt {
    let bits: CInt
    var flags = fixed ? MAP_FIXED : 0
    switch protection {
    case .none:
      bits = PROT_NONE
      flags |= MAP_PRIVATE | MAP_ANONYMOUS
    case .read:
      bits = PROT_READ
      flags |= MAP_SHARED
    case .readWrite:
      bits = PROT_READ | PROT_WRITE
      flags |= MAP_SHARED
    }
    return clinux_mmap(&address, length, bits, flags, descriptor, Int64(offset))
  }

  /// `munmap(2)`.
  public func unmap(_ address: UnsafeMutableRawPointer, length: Int) -> CInt { clinux_munmap(address, length) }

  /// `openat(2)`.
  public func open(_ path: String, _ mode: FileSystem.OpenMode) throws(SystemCallError) -> OwnedDescriptor {
    try FileSystem.open(path, mode)
  }

  /// `setrlimit(2)`, before Linux 5.11, where it is the memory's control group that counts since.
  public func liftLockedMemoryLimit() -> Bool {
    guard let name = try? SystemName.current(), let version = KernelVersion(release: name.release),
      version < KernelVersion(5, 11)
    else { return false }
    return (try? LockedMemoryLimit.lift()) != nil
  }

  /// A detached mount of a file system without options.
  public func mountDetached(_ fileSystem: String) -> CInt { clinux_mount_detached(fileSystem) }

  /// `socket(2)`.
  public func openRouteSocket() -> CInt { clinux_socket(AF_NETLINK, CInt(SOCK_RAW.rawValue), 0) }

  /// `send(2)`.
  public func send(_ socket: CInt, _ message: UnsafeRawBufferPointer) -> Int {
    clinux_send(socket, message.baseAddress, message.count)
  }

  /// `recv(2)`.
  public func receive(_ socket: CInt, into buffer: UnsafeMutableRawBufferPointer, peeking: Bool) -> Int {
    clinux_receive(socket, buffer.baseAddress, buffer.count, peeking ? 1 : 0)
  }

  /// `setsockopt(2)`.
  public func setOption(_ name: CInt, level: CInt, of socket: CInt, to value: UnsafeRawBufferPointer) -> CInt {
    clinux_set_socket_option(socket, level, name, value.baseAddress, value.count)
  }
}
