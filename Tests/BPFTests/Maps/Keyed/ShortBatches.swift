import LinuxSystem
import Synchronization

@testable import KernelInterface

/// The live kernel, whose batches of up to 1024 elements are always too short, or that has none, or refuses the first
/// ones.
final class ShortBatches: KernelCalls {
  private let live = LiveKernel()
  private let refused = Mutex(0)
  private let errno: SystemErrno
  private let times: Int
  private let walked = Mutex(0)

  init(_ errno: SystemErrno = .noSpace, times: Int = .max) {
    self.errno = errno
    self.times = times
  }

  /// How many keys were asked for one by one.
  var steps: Int { walked.withLock { $0 } }

  var refusals: Int { refused.withLock { $0 } }

  func bpf(_ command: BPFCall, _ attribute: inout BPFAttribute) -> CInt {
    let isBatch = [.mapLookupBatch, .mapLookupAndDeleteBatch, .mapUpdateBatch, .mapDeleteBatch].contains(command)
    let isShort =
      switch errno {
      case .noSpace: command == .mapLookupBatch && attribute.get(UInt32.self, at: 32) <= 1024
      case .interrupted: command == .mapLookupBatch
      default: true
      }
    if command == .mapGetNextKey { walked.withLock { $0 += 1 } }
    if isBatch, isShort, refusals < times {
      refused.withLock { $0 += 1 }
      // As the kernel does before it begins.
      if errno == .interrupted { attribute.set(UInt32(0), at: 32) }
      return -errno.rawValue
    }
    return live.bpf(command, &attribute)
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
}
