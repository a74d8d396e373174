import Bytecode

/// Decides which constants stand in an instruction, and puts the others into registers.
///
/// Immediates are 32 bits wide, sign-extended, and on the right. Shift counts and divisors that the kernel's verifier
/// refuses are replaced by what the machine would compute.
struct SelectImmediates: SSAPass {
  static let name = "select-immediates"

  func run(on function: inout SSAFunction) {
    InstructionExpansion.run(on: &function) { instruction, expansion in
      var instruction = instruction
      instruction.operation = select(instruction.operation, &expansion)
      expansion.keep(instruction)
    } terminator: { terminator, expansion in
      guard case .branch(let comparison, let width, let left, let right, let then, let otherwise) = terminator else {
        return
      }
      let (selected, first, second) = selectComparison(comparison, width, left, right, &expansion)
      terminator = .branch(selected, width, first, second, then: then, otherwise: otherwise)
    }
  }

  private func register(_ operand: SSAOperand, _ expansion: inout InstructionExpansion) -> SSAOperand {
    guard let constant = operand.constant else { return operand }
    return expansion.append(.constant(constant))
  }

  /// A constant that an instruction of this width can hold, or a register.
  private func immediate(
    _ operand: SSAOperand, _ width: SSAWidth, _ expansion: inout InstructionExpansion
  ) -> SSAOperand {
    guard let constant = operand.constant else { return operand }
    guard let short = width.immediate(constant) else { return expansion.append(.constant(constant)) }
    return .constant(Int64(short))
  }

  private func selectComparison(
    _ comparison: SSAComparison, _ width: SSAWidth, _ left: SSAOperand, _ right: SSAOperand,
    _ expansion: inout InstructionExpansion
  ) -> (SSAComparison, SSAOperand, SSAOperand) {
    if left.constant != nil, right.constant == nil {
      return (comparison.swapped, right, immediate(left, width, &expansion))
    }
    return (comparison, register(left, &expansion), immediate(right, width, &expansion))
  }

  private func select(_ operation: SSAOperation, _ expansion: inout InstructionExpansion) -> SSAOperation {
    var operation = operation
    operation.mapAddresses { address in
      address.base = register(address.base, &expansion)
      if Int16(exactly: address.offset) == nil {
        let distance: SSAOperand = .constant(Int64(address.offset))
        address = SSAAddress(expansion.append(.binary(.add, .bits64, address.base, distance)))
      }
    }
    switch operation {
    case .binary(let binary, let width, let left, let right):
      return selectBinary(binary, width, left, right, &expansion)
    case .compare(let comparison, let width, let left, let right):
      let (selected, first, second) = selectComparison(comparison, width, left, right, &expansion)
      return .compare(selected, width, first, second)
    case .store(let size, let address, .constant(let constant)) where size.storeImmediate(constant) == nil:
      return .store(size, address, expansion.append(.constant(constant)))
    case .atomic(let atomic, let size, let address, let value, let fetch) where !operation.hasResult:
      return .atomic(atomic, size, address, register(value, &expansion), fetch: fetch)
    case .compareExchange(let size, let address, let expected, let desired):
      return .compareExchange(size, address, expected: expected, desired: register(desired, &expansion))
    default: return operation
    }
  }

  private func selectBinary(
    _ operation: SSABinaryOperator, _ width: SSAWidth, _ left: SSAOperand, _ right: SSAOperand,
    _ expansion: inout InstructionExpansion
  ) -> SSAOperation {
    if left.constant != nil, right.constant == nil, operation.isCommutative {
      return .binary(operation, width, right, immediate(left, width, &expansion))
    }
    // The verifier follows `x + constant` as a distance from x, and refuses, from 6.11 on, a distance of 2^29 or more where
    // the sum is added to a pointer, however it was checked. Begun with the constant, the sum is a number of its own.
    if operation == .add, width == .bits64, let constant = right.constant, left.constant == nil,
      constant.magnitude >= 1 << 29, Int32(exactly: constant) != nil
    {
      return .binary(.add, .bits64, right, left)
    }
    let dividend = width == .bits32 ? right.constant.map { Int64(Int32(truncatingIfNeeded: $0)) } : right.constant
    switch operation {
    case .shiftLeft, .logicalShiftRight, .arithmeticShiftRight:
      if let count = right.constant {
        return .binary(operation, width, left, .constant(count & (width == .bits64 ? 63 : 31)))
      }
    case .unsignedDivide, .signedDivide: if dividend == 0 { return .binary(.and, .bits64, left, 0) }
    case .unsignedRemainder, .signedRemainder: if dividend == 0 { return .binary(.or, width, left, 0) }
    default: break
    }
    return .binary(operation, width, left, immediate(right, width, &expansion))
  }
}
