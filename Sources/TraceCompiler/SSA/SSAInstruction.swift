import Bytecode
import Diagnostics

/// A place in memory: a base address and a distance in bytes.
struct SSAAddress: Hashable, Sendable {
  var base: SSAOperand
  var offset: Int32

  init(_ base: SSAOperand, offset: Int32 = 0) {
    self.base = base
    self.offset = offset
  }

  init(_ base: SSAValue, offset: Int32 = 0) { self.init(.value(base), offset: offset) }
}

/// What one instruction does.
///
/// Which ones give a value: ``hasResult``.
enum SSAOperation: Hashable, Sendable {
  case constant(Int64)
  /// The map itself, as helpers take it (`BPF_PSEUDO_MAP_FD`).
  case mapAddress(MapReference)
  /// A byte inside the only element of an array map (`BPF_PSEUDO_MAP_VALUE`).
  case mapValueAddress(MapReference, offset: Int32)
  /// A function of this module by its index, as `bpf_loop` takes it (`BPF_PSEUDO_FUNC`).
  case functionAddress(Int)
  /// A byte of a stack slot; the slot's bytes have no value until something is stored there.
  case frameAddress(FrameSlot, offset: Int32)
  case unary(SSAUnaryOperator, SSAOperand)
  case binary(SSABinaryOperator, SSAWidth, SSAOperand, SSAOperand)
  /// 1 where the comparison holds, else 0.
  case compare(SSAComparison, SSAWidth, SSAOperand, SSAOperand)
  /// Reads memory; the bits above are zero, or copies of the sign when `signed`.
  case load(AccessSize, signed: Bool, SSAAddress)
  case store(AccessSize, SSAAddress, SSAOperand)
  /// Changes memory in one step; gives what was there when `fetch` is set or the operator is an exchange (ISA v3).
  case atomic(SSAAtomicOperator, AccessSize, SSAAddress, SSAOperand, fetch: Bool)
  /// Stores `desired` where `expected` is found; gives what was there (ISA v3).
  case compareExchange(AccessSize, SSAAddress, expected: SSAOperand, desired: SSAOperand)
  /// Clears `count` bytes. `alignment` is the power of two that the address is known to be a multiple of.
  case zeroMemory(SSAAddress, count: Int32, alignment: Int32)
  /// Copies `count` bytes between places that do not overlap. `alignment` holds for both.
  case copyMemory(to: SSAAddress, from: SSAAddress, count: Int32, alignment: Int32)
  case call(HelperFunction, [SSAOperand], SSACallPurity)
  /// A function of this module by its index.
  case callFunction(Int, [SSAOperand])
  /// A function of the kernel's own by its BTF id (`BPF_PSEUDO_KFUNC_CALL`).
  case callKernelFunction(btfID: Int32, [SSAOperand])
}

/// One step of a block, with the part of the script that it serves.
struct SSAInstruction: Hashable, Sendable {
  /// What it gives; nil when it gives nothing.
  var result: SSAValue?
  var operation: SSAOperation
  var span: SourceSpan?
}
