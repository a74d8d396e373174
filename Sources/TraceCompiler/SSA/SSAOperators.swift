/// How many bits of its operands an operation looks at.
///
/// A 32-bit result is zero-extended, as the machine does.
enum SSAWidth: UInt8, Hashable, Sendable, CaseIterable {
  case bits64
  case bits32

  /// What the text form appends to an operator.
  var suffix: String { self == .bits32 ? "32" : "" }
}

/// Arithmetic on two operands, with the machine's own rules at the edges.
///
/// Division by zero gives 0, remainder by zero gives the dividend, and a shift count is taken modulo the width
/// (RFC 9669, section 4.1). The most negative number divided by −1 gives itself, with remainder 0.
enum SSABinaryOperator: String, Hashable, Sendable, CaseIterable {
  case add, sub, mul
  case unsignedDivide = "udiv"
  case unsignedRemainder = "umod"
  case signedDivide = "sdiv"
  case signedRemainder = "smod"
  case and, or, xor
  case shiftLeft = "shl"
  case logicalShiftRight = "lshr"
  case arithmeticShiftRight = "ashr"

  var isCommutative: Bool {
    switch self {
    case .add, .mul, .and, .or, .xor: true
    default: false
    }
  }
}

/// Operations on one operand.
enum SSAUnaryOperator: Hashable, Sendable {
  case negate(SSAWidth)
  case not(SSAWidth)
  /// Reverses the order of the lowest `bits` / 8 bytes and clears those above; 16, 32 or 64.
  case byteSwap(bits: UInt8)
  /// Copies the sign of the lowest `bits` bits upwards; 8, 16 or 32.
  case signExtend(bits: UInt8)
  /// Clears everything above the lowest `bits` bits; 8, 16 or 32.
  case zeroExtend(bits: UInt8)
}

/// A question on two operands that is answered by 0 or 1, or decides a branch.
enum SSAComparison: String, Hashable, Sendable, CaseIterable {
  case equal = "eq"
  case notEqual = "ne"
  case unsignedLess = "ult"
  case unsignedLessOrEqual = "ule"
  case unsignedGreater = "ugt"
  case unsignedGreaterOrEqual = "uge"
  case signedLess = "slt"
  case signedLessOrEqual = "sle"
  case signedGreater = "sgt"
  case signedGreaterOrEqual = "sge"
  /// Whether the operands have a set bit in common (`BPF_JSET`).
  case commonBits = "set"

  /// The comparison that holds exactly where this one does not; there is none for ``commonBits``.
  var negated: SSAComparison? {
    switch self {
    case .equal: .notEqual
    case .notEqual: .equal
    case .unsignedLess: .unsignedGreaterOrEqual
    case .unsignedLessOrEqual: .unsignedGreater
    case .unsignedGreater: .unsignedLessOrEqual
    case .unsignedGreaterOrEqual: .unsignedLess
    case .signedLess: .signedGreaterOrEqual
    case .signedLessOrEqual: .signedGreater
    case .signedGreater: .signedLessOrEqual
    case .signedGreaterOrEqual: .signedLess
    case .commonBits: nil
    }
  }

  /// The comparison that says the same with its operands exchanged.
  var swapped: SSAComparison {
    switch self {
    case .equal, .notEqual, .commonBits: self
    case .unsignedLess: .unsignedGreater
    case .unsignedLessOrEqual: .unsignedGreaterOrEqual
    case .unsignedGreater: .unsignedLess
    case .unsignedGreaterOrEqual: .unsignedLessOrEqual
    case .signedLess: .signedGreater
    case .signedLessOrEqual: .signedGreaterOrEqual
    case .signedGreater: .signedLess
    case .signedGreaterOrEqual: .signedLessOrEqual
    }
  }
}

/// What an atomic instruction does to memory, seen by other CPUs as one step.
enum SSAAtomicOperator: String, Hashable, Sendable, CaseIterable {
  case add, or, and, xor
  /// Stores the operand and gives what was there.
  case exchange = "xchg"
}

/// What the passes may do with a call of a helper.
enum SSACallPurity: Hashable, Sendable {
  /// It stays where it is and is made as often as written.
  case impure
  /// It gives the same answer throughout one event (`get_current_pid_tgid`): calls with equal arguments are merged, and
  /// one whose result nobody uses goes away.
  case eventConstant
}
