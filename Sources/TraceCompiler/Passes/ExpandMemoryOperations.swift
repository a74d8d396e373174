import Bytecode

/// Spells out the clearing and copying of memory: loads and stores of the widest size that the alignment allows, or, for
/// long runs, one call of `bpf_probe_read_kernel`, which copies, and clears its target when it cannot read.
struct ExpandMemoryOperations: SSAPass {
  static let name = "expand-memory-operations"

  /// Runs of more bytes than this are left to the kernel.
  static let longRun: Int32 = 128

  func run(on function: inout SSAFunction) {
    InstructionExpansion.run(on: &function) { instruction, expansion in
      switch instruction.operation {
      case .zeroMemory(let address, let count, let alignment):
        guard count > 0 else { return }
        if count > Self.longRun {
          let target = Self.materialize(address, &expansion)
          expansion.append(.call(.probeReadKernel, [target, .constant(Int64(count)), 0], .impure))
          return
        }
        Self.forEachPart(count, alignment) { offset, size in
          expansion.append(.store(size, Self.moved(address, offset), 0))
        }
      case .copyMemory(let target, let source, let count, let alignment):
        guard count > 0 else { return }
        if count > Self.longRun {
          let target = Self.materialize(target, &expansion), source = Self.materialize(source, &expansion)
          expansion.append(.call(.probeReadKernel, [target, .constant(Int64(count)), source], .impure))
          return
        }
        Self.forEachPart(count, alignment) { offset, size in
          let value = expansion.append(.load(size, signed: false, Self.moved(source, offset)))
          expansion.append(.store(size, Self.moved(target, offset), value))
        }
      default: expansion.keep(instruction)
      }
    }
  }

  private static func forEachPart(_ count: Int32, _ alignment: Int32, _ body: (Int32, AccessSize) -> Void) {
    var offset: Int32 = 0
    while offset < count {
      var width = min(alignment, 8)
      while width > count - offset { width /= 2 }
      guard let size = AccessSize(byteCount: Int(width)) else { return }
      body(offset, size)
      offset += width
    }
  }

  private static func moved(_ address: SSAAddress, _ distance: Int32) -> SSAAddress {
    SSAAddress(address.base, offset: address.offset &+ distance)
  }

  private static func materialize(_ address: SSAAddress, _ expansion: inout InstructionExpansion) -> SSAOperand {
    guard address.offset != 0 else { return address.base }
    return expansion.append(.binary(.add, .bits64, address.base, .constant(Int64(address.offset))))
  }
}
