public import KernelInterface
public import LinuxSystem

/// The live kernel but for what a test answers itself: a conforming type writes only those calls.
public protocol ForwardingKernel: KernelCalls {}

extension ForwardingKernel {
  /// The kernel that answers.
  public var live: LiveKernel { LiveKernel() }

  /// As the live kernel does.
  public func bpf(_ command: BPFCall, _ attribute: inout BPFAttribute) -> CInt { live.bpf(command, &attribute) }
  /// As the live kernel does.
  public func openPerfEvent(_ attribute: inout PerfEventAttribute, process: Int32, cpu: CInt) -> CInt {
    live.openPerfEvent(&attribute, process: process, cpu: cpu)
  }
  /// As the live kernel does.
  public func ioctl(_ descriptor: CInt, _ request: UInt, _ argument: UInt) -> CInt {
    live.ioctl(descriptor, request, argument)
  }
  /// As the live kernel does.
  public func map(
    _ address: inout UnsafeMutableRawPointer?, length: Int, _ protection: MemoryProtection, fixed: Bool,
    of descriptor: CInt, offset: Int
  ) -> CInt { live.map(&address, length: length, protection, fixed: fixed, of: descriptor, offset: offset) }
  /// As the live kernel does.
  public func unmap(_ address: UnsafeMutableRawPointer, length: Int) -> CInt { live.unmap(address, length: length) }
  /// As the live kernel does.
  public func open(_ path: String, _ mode: FileSystem.OpenMode) throws(SystemCallError) -> OwnedDescriptor {
    try live.open(path, mode)
  }
  /// As the live kernel does.
  public func liftLockedMemoryLimit() -> Bool { live.liftLockedMemoryLimit() }
  /// As the live kernel does.
  public func mountDetached(_ fileSystem: String) -> CInt { live.mountDetached(fileSystem) }
  /// As the live kernel does.
  public func openRouteSocket() -> CInt { live.openRouteSocket() }
  /// As the live kernel does.
  public func send(_ socket: CInt, _ message: UnsafeRawBufferPointer) -> Int { live.send(socket, message) }
  /// As the live kernel does.
  public func receive(_ socket: CInt, into buffer: UnsafeMutableRawBufferPointer, peeking: Bool) -> Int {
    live.receive(socket, into: buffer, peeking: peeking)
  }
  /// As the live kernel does.
  public func setOption(_ name: CInt, level: CInt, of socket: CInt, to value: UnsafeRawBufferPointer) -> CInt {
    live.setOption(name, level: level, of: socket, to: value)
  }
}
