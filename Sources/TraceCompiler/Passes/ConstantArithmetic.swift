/// What operations give on constants, exactly as the machine computes it (RFC 9669, section 4.1).
enum ConstantArithmetic {
  static func evaluate(_ operation: SSABinaryOperator, _ width: SSAWidth, _ left: Int64, _ right: Int64) -> Int64 {
    switch width {
    case .bits64: wide(operation, left, right)
    case .bits32:
      Int64(
        UInt32(bitPattern: narrow(operation, Int32(truncatingIfNeeded: left), Int32(truncatingIfNeeded: right))))
    }
  }

  private static func wide(_ operation: SSABinaryOperator, _ left: Int64, _ right: Int64) -> Int64 {
    calculate(operation, left, right, unsigned: UInt64.init(bitPattern:), signed: Int64.init(bitPattern:))
  }

  private static func narrow(_ operation: SSABinaryOperator, _ left: Int32, _ right: Int32) -> Int32 {
    calculate(operation, left, right, unsigned: UInt32.init(bitPattern:), signed: Int32.init(bitPattern:))
  }

  private static func calculate<Signed: FixedWidthInteger & SignedInteger, Unsigned: FixedWidthInteger>(
    _ operation: SSABinaryOperator, _ left: Signed, _ right: Signed, unsigned: (Signed) -> Unsigned,
    signed: (Unsigned) -> Signed
  ) -> Signed {
    switch operation {
    case .add: left &+ right
    case .sub: left &- right
    case .mul: left &* right
    case .unsignedDivide: right == 0 ? 0 : signed(unsigned(left) / unsigned(right))
    case .unsignedRemainder: right == 0 ? left : signed(unsigned(left) % unsigned(right))
    case .signedDivide: right == 0 ? 0 : right == -1 ? 0 &- left : left / right
    case .signedRemainder: right == 0 ? left : right == -1 ? 0 : left % right
    case .and: left & right
    case .or: left | right
    case .xor: left ^ right
    case .shiftLeft: left &<< right
    case .logicalShiftRight: signed(unsigned(left) &>> unsigned(right))
    case .arithmeticShiftRight: left &>> right
    }
  }

  static func evaluate(_ comparison: SSAComparison, _ width: SSAWidth, _ left: Int64, _ right: Int64) -> Bool {
    switch width {
    case .bits64: holds(comparison, left, right, UInt64(bitPattern: left), UInt64(bitPattern: right))
    case .bits32:
      holds(
        comparison, Int32(truncatingIfNeeded: left), Int32(truncatingIfNeeded: right),
        UInt32(truncatingIfNeeded: left), UInt32(truncatingIfNeeded: right))
    }
  }

  private static func holds<Signed: FixedWidthInteger, Unsigned: FixedWidthInteger>(
    _ comparison: SSAComparison, _ left: Signed, _ right: Signed, _ unsignedLeft: Unsigned, _ unsignedRight: Unsigned
  ) -> Bool {
    switch comparison {
    case .equal: left == right
    case .notEqual: left != right
    case .unsignedLess: unsignedLeft < unsignedRight
    case .unsignedLessOrEqual: unsignedLeft <= unsignedRight
    case .unsignedGreater: unsignedLeft > unsignedRight
    case .unsignedGreaterOrEqual: unsignedLeft >= unsignedRight
    case .signedLess: left < right
    case .signedLessOrEqual: left <= right
    case .signedGreater: left > right
    case .signedGreaterOrEqual: left >= right
    case .commonBits: left & right != 0
    }
  }

  static func evaluate(_ operation: SSAUnaryOperator, _ operand: Int64) -> Int64 {
    switch operation {
    case .negate(.bits64): return 0 &- operand
    case .negate(.bits32): return Int64(UInt32(truncatingIfNeeded: 0 &- operand))
    case .not(.bits64): return ~operand
    case .not(.bits32): return Int64(UInt32(truncatingIfNeeded: ~operand))
    case .byteSwap(16): return Int64(UInt16(truncatingIfNeeded: operand).byteSwapped)
    case .byteSwap(32): return Int64(UInt32(truncatingIfNeeded: operand).byteSwapped)
    case .byteSwap: return operand.byteSwapped
    case .signExtend(let bits): return (operand &<< (64 - Int64(bits))) &>> (64 - Int64(bits))
    case .zeroExtend(let bits):
      return bits >= 64 ? operand : operand & ((1 << Int64(bits)) - 1)
    }
  }
}
