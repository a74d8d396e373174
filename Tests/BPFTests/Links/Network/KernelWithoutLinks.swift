import KernelInterface
import LinuxSystem

/// The running kernel, but that it knows no links, as before Linux 5.7.
struct KernelWithoutLinks: KernelCalls {
  private let live = LiveKernel()

  func bpf(_ command: BPFCall, _ attribute: inout BPFAttribute) -> CInt {
    command == .linkCreate ? -SystemErrno.invalidArgument.rawValue : live.bpf(command, &attribute)
  }
  func openPerfEvent(_ attribute: inout PerfEventAttribute, process: Int32, cpu: CInt) -> CInt {
    live.openPerfEvent(&attribute, process: process, cpu: cpu)
  }
  func ioctl(_ descriptor: CInt, _ request: UInt, _ argument: UInt) -> CInt {
    live.ioctl(descriptor, request, argument)
  }
  func map(
    _ address: inout UnsafeMutableRawPointer?, length: Int, _ protection: MemoryProtection, fixed: Bool,
    of descriptor: CInt, offset: Int
  ) -> CInt { live.map(&address, length: length, protection, fixed: fixed, of: descriptor, offset: offset) }
  func unmap(_ address: UnsafeMutableRawPointer, length: Int) -> CInt { live.unmap(address, length: length) }
  func open(_ path: String, _ mode: FileSystem.OpenMode) throws(SystemCallError) -> OwnedDescriptor {
    try live.open(path, mode)
  }
  func liftLockedMemoryLimit() -> Bool { live.liftLockedMemoryLimit() }
  func mountDetached(_ fileSystem: String) -> CInt { live.mountDetached(fileSystem) }
  func openRouteSocket() -> CInt { live.openRouteSocket() }
  func send(_ socket: CInt, _ message: UnsafeRawBufferPointer) -> Int { live.send(socket, message) }
  func receive(_ socket: CInt, into buffer: UnsafeMutableRawBufferPointer, peeking: Bool) -> Int {
    live.receive(socket, into: buffer, peeking: peeking)
  }
  func setOption(_ name: CInt, level: CInt, of socket: CInt, to value: UnsafeRawBufferPointer) -> CInt {
    live.setOption(name, level: level, of: socket, to: value)
  }
}
