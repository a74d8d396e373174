import KernelTesting
import LinuxSystem
import Synchronization

@testable import KernelInterface

/// The running kernel, with a list of the objects that were made through this value.
final class RecordingKernel: ForwardingKernel {
  struct Made: Hashable, Sendable {
    var kind: ObjectKind
    var id: UInt32
  }

  private let list = Mutex<[Made]>([])

  /// What was made, in order, whether it is still there or not.
  var made: [Made] { list.withLock { $0 } }

  func bpf(_ command: BPFCall, _ attribute: inout BPFAttribute) -> CInt {
    let answer = live.bpf(command, &attribute)
    let kind: ObjectKind? =
      switch command {
      case .mapCreate: .map
      case .programLoad: .program
      case .btfLoad: .btf
      default: nil
      }
    guard answer >= 0, let kind else { return answer }
    var info = [UInt8](repeating: 0, count: 32)
    info.withUnsafeMutableBytes { bytes in
      var question = BPFAttribute()
      question.set(answer, at: 0)
      question.set(UInt32(bytes.count), at: 4)
      question.set(UnsafeRawPointer(bytes.baseAddress), at: 8)
      _ = live.bpf(.objectGetInfo, &question)
    }
    // `struct bpf_btf_info` has its number behind an address and a size, the others behind their type.
    let id = info.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: kind == .btf ? 12 : 4, as: UInt32.self) }
    list.withLock { $0.append(Made(kind: kind, id: id)) }
    return answer
  }
}
