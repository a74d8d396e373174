import Bytecode

/// Equal but cheaper forms of single operations.
///
/// Sums keep a pointer on the left and a constant on the right, as the kernel's verifier follows them best.
enum AlgebraicSimplification {
  enum Outcome: Equatable {
    case unchanged
    case operation(SSAOperation)
    case operand(SSAOperand)
  }

  static func simplify(_ operation: SSAOperation, _ definitions: [SSAOperation?]) -> Outcome {
    switch operation {
    case .constant(let constant): .operand(.constant(constant))
    case .unary(let unary, let operand): simplify(unary, operand, definitions)
    case .binary(let binary, let width, let left, let right):
      simplify(binary, width, left, right, definitions)
    case .compare(let comparison, let width, let left, let right):
      simplify(comparison, width, left, right, definitions)
    default: .unchanged
    }
  }

  private static func definition(_ operand: SSAOperand, _ definitions: [SSAOperation?]) -> SSAOperation? {
    guard case .value(let value) = operand, value.index < definitions.count else { return nil }
    return definitions[value.index]
  }

  // MARK: One operand

  private static func simplify(
    _ operation: SSAUnaryOperator, _ operand: SSAOperand, _ definitions: [SSAOperation?]
  ) -> Outcome {
    if let constant = operand.constant { return .operand(.constant(ConstantArithmetic.evaluate(operation, constant))) }
    let inner = definition(operand, definitions)
    switch (operation, inner) {
    case (.zeroExtend(let bits), _) where significantBits(operand, definitions) <= Int(bits): return .operand(operand)
    case (.zeroExtend(let bits), .unary(.zeroExtend(let wider), let source)) where wider >= bits:
      return .operation(.unary(.zeroExtend(bits: bits), source))
    case (.zeroExtend(let bits), .unary(.signExtend(let other), let source)) where other >= bits:
      return .operation(.unary(.zeroExtend(bits: bits), source))
    case (.signExtend(let bits), _) where significantBits(operand, definitions) < Int(bits): return .operand(operand)
    case (.signExtend(let bits), .unary(.signExtend(let other), _)) where other <= bits: return .operand(operand)
    case (.signExtend(let bits), .unary(.zeroExtend(let other), let source)) where other >= bits:
      return .operation(.unary(.signExtend(bits: bits), source))
    case (.signExtend(let bits), .load(let size, signed: true, _)) where size.byteCount * 8 <= Int(bits):
      return .operand(operand)
    case (.negate(let width), .unary(.negate(let other), let source)) where width == .bits64 && other == .bits64:
      return .operand(source)
    case (.not(let width), .unary(.not(let other), let source)) where width == .bits64 && other == .bits64:
      return .operand(source)
    case (.byteSwap(64), .unary(.byteSwap(64), let source)): return .operand(source)
    default: return .unchanged
    }
  }

  /// How many of the lowest bits can be set at all, as far as the kernel's verifier knows it too: it must not lose a mask
  /// that it relies on.
  static func significantBits(_ operand: SSAOperand, _ definitions: [SSAOperation?]) -> Int {
    if let constant = operand.constant { return 64 - constant.leadingZeroBitCount }
    switch definition(operand, definitions) {
    case .load(let size, signed: false, _): return size.byteCount * 8
    case .compare: return 1
    case .unary(.zeroExtend(let bits), _): return Int(bits)
    case .unary(.negate(.bits32), _), .unary(.not(.bits32), _): return 32
    case .binary(.and, let width, _, .constant(let mask)):
      let bits = 64 - mask.leadingZeroBitCount
      return width == .bits32 ? min(bits, 32) : bits
    case .binary(.logicalShiftRight, let width, _, .constant(let count)):
      return width == .bits32 ? 32 - Int(count & 31) : 64 - Int(count & 63)
    case .binary(_, .bits32, _, _): return 32
    default: return 64
    }
  }

  // MARK: Comparisons

  private static func simplify(
    _ comparison: SSAComparison, _ width: SSAWidth, _ left: SSAOperand, _ right: SSAOperand,
    _ definitions: [SSAOperation?]
  ) -> Outcome {
    if let known = outcome(comparison, width, left, right) { return .operand(.constant(known ? 1 : 0)) }
    if left.constant != nil { return .operation(.compare(comparison.swapped, width, right, left)) }
    // A question about an answer: `(a < b) != 0`.
    if case .compare(let inner, let innerWidth, let innerLeft, let innerRight) = definition(left, definitions),
      let constant = right.constant, comparison == .equal || comparison == .notEqual, constant == 0 || constant == 1
    {
      if (comparison == .notEqual) == (constant == 0) { return .operand(left) }
      if let negated = inner.negated { return .operation(.compare(negated, innerWidth, innerLeft, innerRight)) }
    }
    return .unchanged
  }

  /// Whether the comparison holds, where that is known.
  static func outcome(_ comparison: SSAComparison, _ width: SSAWidth, _ left: SSAOperand, _ right: SSAOperand) -> Bool?
  {
    if let first = left.constant, let second = right.constant {
      return ConstantArithmetic.evaluate(comparison, width, first, second)
    }
    if left == right, comparison != .commonBits { return ConstantArithmetic.evaluate(comparison, .bits64, 0, 0) }
    if comparison == .commonBits, left == 0 || right == 0 { return false }
    if right == 0, comparison == .unsignedLess { return false }
    if right == 0, comparison == .unsignedGreaterOrEqual { return true }
    return nil
  }

  // MARK: Two operands

  private static func simplify(
    _ operation: SSABinaryOperator, _ width: SSAWidth, _ left: SSAOperand, _ right: SSAOperand,
    _ definitions: [SSAOperation?]
  ) -> Outcome {
    if let first = left.constant {
      if let second = right.constant {
        return .operand(.constant(ConstantArithmetic.evaluate(operation, width, first, second)))
      }
      return operation.isCommutative ? .operation(.binary(operation, width, right, left)) : .unchanged
    }
    /// The left operand, cut to the width of the operation.
    let unchangedLeft: Outcome =
      width == .bits64 ? .operand(left) : .operation(.unary(.zeroExtend(bits: 32), left))
    if left == right {
      switch operation {
      case .sub, .xor: return .operand(0)
      case .and, .or: return unchangedLeft
      default: break
      }
    }
    guard let written = right.constant else { return .unchanged }
    let constant = width == .bits64 ? written : Int64(Int32(truncatingIfNeeded: written))
    let bitCount: Int64 = width == .bits64 ? 64 : 32
    switch operation {
    case .add, .sub, .or, .xor:
      if constant == 0 { return unchangedLeft }
      if operation == .sub, constant != .min { return .operation(.binary(.add, width, left, .constant(0 &- constant))) }
      if operation == .or, constant == -1 { return .operand(.constant(width == .bits64 ? -1 : 0xffff_ffff)) }
    case .shiftLeft, .logicalShiftRight, .arithmeticShiftRight:
      let count = constant & (bitCount - 1)
      if count == 0 { return unchangedLeft }
      if count != constant { return .operation(.binary(operation, width, left, .constant(count))) }
    case .and:
      if constant == 0 { return .operand(0) }
      if constant == -1 { return unchangedLeft }
      if width == .bits64, constant > 0, (constant & (constant &+ 1)) == 0,
        significantBits(left, definitions) <= 64 - constant.leadingZeroBitCount
      {
        return .operand(left)
      }
    case .mul:
      if constant == 0 { return .operand(0) }
      if constant == 1 { return unchangedLeft }
      if let count = powerOfTwo(constant) { return .operation(.binary(.shiftLeft, width, left, .constant(count))) }
    case .unsignedDivide:
      if constant == 0 { return .operand(0) }
      if constant == 1 { return unchangedLeft }
      if let count = powerOfTwo(constant) {
        return .operation(.binary(.logicalShiftRight, width, left, .constant(count)))
      }
    case .unsignedRemainder:
      if constant == 0 { return unchangedLeft }
      if constant == 1 { return .operand(0) }
      if powerOfTwo(constant) != nil { return .operation(.binary(.and, width, left, .constant(constant - 1))) }
    case .signedDivide:
      if constant == 0 { return .operand(0) }
      if constant == 1 { return unchangedLeft }
      if constant == -1 { return .operation(.unary(.negate(width), left)) }
    case .signedRemainder:
      if constant == 0 { return unchangedLeft }
      if constant == 1 || constant == -1 { return .operand(0) }
    }
    return reassociate(operation, width, left, constant, definitions)
  }

  /// `(x + 1) + 2` as `x + 3`, and the like.
  private static func reassociate(
    _ operation: SSABinaryOperator, _ width: SSAWidth, _ left: SSAOperand, _ constant: Int64,
    _ definitions: [SSAOperation?]
  ) -> Outcome {
    guard case .binary(operation, width, let inner, .constant(let first)) = definition(left, definitions) else {
      return .unchanged
    }
    let combined: Int64
    switch operation {
    case .add, .and, .or, .xor, .mul: combined = ConstantArithmetic.evaluate(operation, width, first, constant)
    case .shiftLeft, .logicalShiftRight:
      let sum = first &+ constant
      let limit: Int64 = width == .bits64 ? 63 : 31
      if first < 0 || first > limit || sum > limit { return sum > limit && first >= 0 ? .operand(0) : .unchanged }
      combined = sum
    default: return .unchanged
    }
    let fitting = width == .bits64 ? combined : Int64(Int32(truncatingIfNeeded: combined))
    return .operation(.binary(operation, width, inner, .constant(fitting)))
  }

  private static func powerOfTwo(_ constant: Int64) -> Int64? {
    guard constant > 1, constant & (constant - 1) == 0 else { return nil }
    return Int64(constant.trailingZeroBitCount)
  }
}
