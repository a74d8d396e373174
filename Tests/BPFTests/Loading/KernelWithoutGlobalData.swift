import Bytecode
import KernelInterface
import LinuxSystem

/// The running kernel, but that no program may name an address within a map's value, as before Linux 5.2.
struct KernelWithoutGlobalData: KernelCalls {
  private let live = LiveKernel()

  func bpf(_ command: BPFCall, _ attribute: inout BPFAttribute) -> CInt {
    if command == .programLoad {
      // `insn_cnt` and `insns` of `union bpf_attr`.
      let count = Int(attribute.get(UInt32.self, at: 4))
      if let start = UnsafeRawPointer(bitPattern: attribute.get(UInt.self, at: 8)) {
        let slots = UnsafeRawBufferPointer(start: start, count: count * 8)
        for slot in 0..<count {
          let instruction = Instruction(encoded: slots.loadUnaligned(fromByteOffset: slot * 8, as: UInt64.self))
          if instruction.isWide, instruction.sourceField == WideLoadKind.mapValue.rawValue {
            return -SystemErrno.invalidArgument.rawValue
          }
        }
      }
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
