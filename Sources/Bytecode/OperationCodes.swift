/// The lowest three bits of an opcode: what kind of instruction it is (RFC 9669, section 3.1).
public enum InstructionClass: UInt8, CaseIterable, Sendable {
  /// `BPF_LD`: the wide load, and packet access of old.
  case load = 0
  /// `BPF_LDX`: memory to register.
  case loadRegister = 1
  /// `BPF_ST`: constant to memory.
  case store = 2
  /// `BPF_STX`: register to memory, and atomic operations.
  case storeRegister = 3
  /// `BPF_ALU`: 32-bit arithmetic.
  case arithmetic32 = 4
  /// `BPF_JMP`: jumps on 64 bits, calls, exit.
  case jump = 5
  /// `BPF_JMP32`: jumps on the lower 32 bits.
  case jump32 = 6
  /// `BPF_ALU64`: 64-bit arithmetic.
  case arithmetic64 = 7
}

/// The width at which arithmetic is done or a condition is tested.
public enum OperationWidth: UInt8, CaseIterable, Sendable {
  /// The lower halves; a 32-bit result is zero-extended.
  case bits32
  /// The whole registers.
  case bits64

  var arithmeticClass: InstructionClass { self == .bits64 ? .arithmetic64 : .arithmetic32 }
  var jumpClass: InstructionClass { self == .bits64 ? .jump : .jump32 }
}

/// What an arithmetic instruction does, as the opcode's upper four bits in their place (RFC 9669, section 4.1).
public enum ArithmeticOperation: UInt8, CaseIterable, Sendable {
  case add = 0x00
  case subtract = 0x10
  case multiply = 0x20
  /// Unsigned, or signed when the instruction's offset is 1 (v4).
  case divide = 0x30
  case or = 0x40
  case and = 0x50
  case shiftLeft = 0x60
  case logicalShiftRight = 0x70
  case negate = 0x80
  /// Unsigned, or signed when the instruction's offset is 1 (v4).
  case remainder = 0x90
  case xor = 0xa0
  /// Sign-extending when the instruction's offset is 8, 16 or 32 (v4).
  case move = 0xb0
  case arithmeticShiftRight = 0xc0
  /// Byte order: to little or big endian, or unconditionally (v4).
  case byteOrder = 0xd0
}

/// When a conditional jump is taken, as the opcode's upper four bits in their place (RFC 9669, section 4.3).
public enum JumpCondition: UInt8, CaseIterable, Sendable {
  case equal = 0x10
  case unsignedGreater = 0x20
  case unsignedGreaterOrEqual = 0x30
  /// The operands have a set bit in common (`BPF_JSET`).
  case commonBits = 0x40
  case notEqual = 0x50
  case signedGreater = 0x60
  case signedGreaterOrEqual = 0x70
  /// From v2 on.
  case unsignedLess = 0xa0
  /// From v2 on.
  case unsignedLessOrEqual = 0xb0
  /// From v2 on.
  case signedLess = 0xc0
  /// From v2 on.
  case signedLessOrEqual = 0xd0
}

/// What an atomic instruction does, as its immediate says (RFC 9669, section 5.3).
public enum AtomicOperation: Int32, CaseIterable, Sendable {
  case add = 0x00
  case or = 0x40
  case and = 0x50
  case xor = 0xa0
  case fetchAdd = 0x01
  case fetchOr = 0x41
  case fetchAnd = 0x51
  case fetchXor = 0xa1
  case exchange = 0xe1
  /// Compares with r0 and leaves what was found in r0.
  case compareExchange = 0xf1
  /// Kernel 6.15.
  case loadAcquire = 0x100
  /// Kernel 6.15.
  case storeRelease = 0x110

  /// Whether a register receives what the memory held.
  public var isFetching: Bool { rawValue & 1 != 0 }
}

/// What the wide load puts into its register, as the instruction's source field says (RFC 9669, section 5.4).
public enum WideLoadKind: UInt8, CaseIterable, Sendable {
  /// A 64-bit number.
  case number = 0
  /// A map by descriptor (`BPF_PSEUDO_MAP_FD`).
  case map = 1
  /// A byte in the value of an array map's first element (`BPF_PSEUDO_MAP_VALUE`, kernel 5.2).
  case mapValue = 2
  /// A kernel variable by BTF id (`BPF_PSEUDO_BTF_ID`, kernel 5.10).
  case kernelVariable = 3
  /// A function of the program (`BPF_PSEUDO_FUNC`, kernel 5.13).
  case function = 4
  /// A map by place in `fd_array` (`BPF_PSEUDO_MAP_IDX`, kernel 5.14).
  case mapIndex = 5
  /// A byte in the value of a map by place in `fd_array` (`BPF_PSEUDO_MAP_IDX_VALUE`, kernel 5.14).
  case mapIndexValue = 6
}

/// Who is called, as the call instruction's source field says (RFC 9669, section 4.3.1).
public enum CallKind: UInt8, CaseIterable, Sendable {
  /// A helper by number.
  case helper = 0
  /// A function of the program, relative to the next instruction (`BPF_PSEUDO_CALL`).
  case function = 1
  /// A kernel function by BTF id (`BPF_PSEUDO_KFUNC_CALL`, kernel 5.13).
  case kernelFunction = 2
}
