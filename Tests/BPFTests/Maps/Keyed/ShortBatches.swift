import KernelTesting
import LinuxSystem
import Synchronization

@testable import KernelInterface

/// The live kernel, whose batches of up to 1024 elements are always too short, or that has none, or refuses the first
/// ones.
final class ShortBatches: ForwardingKernel {
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
}
