import Bytecode

/// Replaces what the kernel's instruction set does not have yet: signed division, sign-extending moves and loads before v4,
/// conditions on 32 bits before v3.
///
/// Levels below v2 are taken as v2, which every kernel since 4.14 has.
struct LowerForInstructionSet: SSAPass {
  static let name = "lower-for-instruction-set"

  let level: InstructionSetLevel

  func run(on function: inout SSAFunction) {
    guard level < .v4 else { return }
    InstructionExpansion.run(on: &function) { instruction, expansion in
      switch instruction.operation {
      case .binary(.signedDivide, let width, let left, let right):
        divide(width, left, right, result: instruction.result, &expansion)
      case .binary(.signedRemainder, let width, let left, let right):
        remainder(width, left, right, result: instruction.result, &expansion)
      case .unary(.signExtend(let bits), let operand):
        signExtend(operand, bits: bits, result: instruction.result, &expansion)
      case .load(let size, signed: true, let address):
        guard size != .doubleWord else {
          expansion.append(.load(size, signed: false, address), result: instruction.result)
          return
        }
        let loaded = expansion.append(.load(size, signed: false, address))
        signExtend(loaded, bits: UInt8(size.byteCount * 8), result: instruction.result, &expansion)
      case .compare(let comparison, .bits32, let left, let right) where level < .v3:
        let (first, second) = widen(comparison, left, right, &expansion)
        expansion.append(.compare(comparison, .bits64, first, second), result: instruction.result)
      default: expansion.keep(instruction)
      }
    } terminator: { terminator, expansion in
      guard level < .v3,
        case .branch(let comparison, .bits32, let left, let right, let then, let otherwise) = terminator
      else { return }
      let (first, second) = widen(comparison, left, right, &expansion)
      terminator = .branch(comparison, .bits64, first, second, then: then, otherwise: otherwise)
    }
  }

  private func signExtend(
    _ operand: SSAOperand, bits: UInt8, result: SSAValue?, _ expansion: inout InstructionExpansion
  ) {
    let count: SSAOperand = .constant(64 - Int64(bits))
    let shifted = expansion.append(.binary(.shiftLeft, .bits64, operand, count))
    expansion.append(.binary(.arithmeticShiftRight, .bits64, shifted, count), result: result)
  }

  /// −1 where `operand` is negative, else 0; and its absolute value as an unsigned number.
  private func split(
    _ operand: SSAOperand, _ width: SSAWidth, _ expansion: inout InstructionExpansion
  ) -> (sign: SSAOperand, magnitude: SSAOperand) {
    let count: SSAOperand = .constant(width == .bits64 ? 63 : 31)
    let sign = expansion.append(.binary(.arithmeticShiftRight, width, operand, count))
    return (sign, negate(operand, where: sign, width, &expansion))
  }

  /// `operand` negated where `sign` is −1.
  private func negate(
    _ operand: SSAOperand, where sign: SSAOperand, _ width: SSAWidth, result: SSAValue? = nil,
    _ expansion: inout InstructionExpansion
  ) -> SSAOperand {
    let flipped = expansion.append(.binary(.xor, width, operand, sign))
    return expansion.append(.binary(.sub, width, flipped, sign), result: result)
  }

  private func divide(
    _ width: SSAWidth, _ left: SSAOperand, _ right: SSAOperand, result: SSAValue?,
    _ expansion: inout InstructionExpansion
  ) {
    let dividend = split(left, width, &expansion), divisor = split(right, width, &expansion)
    let quotient = expansion.append(.binary(.unsignedDivide, width, dividend.magnitude, divisor.magnitude))
    let sign = expansion.append(.binary(.xor, width, dividend.sign, divisor.sign))
    _ = negate(quotient, where: sign, width, result: result, &expansion)
  }

  private func remainder(
    _ width: SSAWidth, _ left: SSAOperand, _ right: SSAOperand, result: SSAValue?,
    _ expansion: inout InstructionExpansion
  ) {
    let dividend = split(left, width, &expansion), divisor = split(right, width, &expansion)
    let rest = expansion.append(.binary(.unsignedRemainder, width, dividend.magnitude, divisor.magnitude))
    _ = negate(rest, where: dividend.sign, width, result: result, &expansion)
  }

  /// The operands as 64-bit numbers that compare as the 32-bit ones do.
  private func widen(
    _ comparison: SSAComparison, _ left: SSAOperand, _ right: SSAOperand, _ expansion: inout InstructionExpansion
  ) -> (SSAOperand, SSAOperand) {
    let isSigned: Bool
    switch comparison {
    case .signedLess, .signedLessOrEqual, .signedGreater, .signedGreaterOrEqual: isSigned = true
    default: isSigned = false
    }
    func widened(_ operand: SSAOperand, _ expansion: inout InstructionExpansion) -> SSAOperand {
      if let constant = operand.constant {
        let operation: SSAUnaryOperator = isSigned ? .signExtend(bits: 32) : .zeroExtend(bits: 32)
        return .constant(ConstantArithmetic.evaluate(operation, constant))
      }
      guard isSigned else { return expansion.append(.unary(.zeroExtend(bits: 32), operand)) }
      let shifted = expansion.append(.binary(.shiftLeft, .bits64, operand, 32))
      return expansion.append(.binary(.arithmeticShiftRight, .bits64, shifted, 32))
    }
    return (widened(left, &expansion), widened(right, &expansion))
  }
}
