import Bytecode
import KernelInterface
import KernelTesting
import LinuxSystem

/// The running kernel, but that no program may name an address within a map's value, as before Linux 5.2.
struct KernelWithoutGlobalData: ForwardingKernel {
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
}
