import Bytecode
import Diagnostics
import TraceLanguage

/// Expressions whose value is one register.
extension ProgramLowering {
  /// Evaluates a scalar; its register holds the value in 64 bits, extended by its own sign.
  mutating func lowerScalar(_ expression: Expression) -> SSAValue {
    let value = lowerVisibleScalar(expression)
    guard assembly.options.hidesValuesFromVerifier, expression.isChosen else { return value }
    // Through scratch memory: what comes back may be anything to the verifier.
    let cell = scratchLocation(byteCount: 8)
    builder.store(.doubleWord, cell, value)
    return builder.load(.doubleWord, cell)
  }

  private mutating func lowerVisibleScalar(_ expression: Expression) -> SSAValue {
    builder.span = expression.span
    if let value = constantInteger(expression), type(of: expression).arithmeticType != nil {
      return builder.constant(value)
    }
    switch expression.kind {
    case .integer(let literal): return builder.constant(Int64(bitPattern: literal.value))
    case .boolean(let value): return builder.constant(value ? 1 : 0)
    case .positionalParameter, .parameterCount, .string, .type, .tuple, .record, .typeInfo: return builder.constant(0)
    case .identifier(let name): return lowerName(name, expression)
    case .variable(let name):
      guard let declaration = declaration(of: name) else { return builder.constant(0) }
      return readVariable(declaration)
    case .map(let map): return lowerMapValue(map)
    case .call(let call): return lowerScalarCall(call, expression)
    case .member, .element: return lowerLoad(expression)
    case .tupleElement(let base, let index, _):
      return lowerTupleElement(base, index).map { builder.load(.doubleWord, $0) } ?? builder.constant(0)
    case .unary(let operation, let operand): return lowerUnary(operation, operand, expression)
    case .binary(let operation, let left, let right): return lowerBinary(operation, left, right, expression)
    case .logical, .conditional, .elvis, .ifElse: return lowerChoice(expression)
    case .cast(_, let operand): return lowerCast(operand, to: type(of: expression))
    case .sizeOf(let operand): return builder.constant(Int64(catalog.byteCount(of: type(of: operand)) ?? 0))
    case .offsetOf(let operand, let path):
      return builder.constant(Int64(memberOffset(in: type(of: operand), path: path) ?? 0))
    case .block(let block): return lowerValue(of: block) { $0.lowerScalar($1) } ?? builder.constant(0)
    case .comptime(let operand): return lowerScalar(operand)
    }
  }

  /// Evaluates the statements of a block, then its value.
  mutating func lowerValue<R>(
    of block: BlockExpression, _ body: (inout ProgramLowering, Expression) -> R
  ) -> R? {
    scopes.append([:])
    lower(block.statements)
    let result = block.value.map { body(&self, $0) }
    scopes.removeLast()
    return result
  }

  // MARK: Operators

  private mutating func lowerUnary(
    _ operation: UnaryOperator, _ operand: Expression, _ expression: Expression
  ) -> SSAValue {
    switch operation {
    case .not: return builder.compare(.equal, lowerScalar(operand), 0)
    case .negate: return builder.negate(lowerScalar(operand))
    case .complement: return builder.not(lowerScalar(operand))
    case .dereference: return lowerLoad(expression)
    case .addressOf: return builder.constant(0)
    case .preIncrement, .preDecrement, .postIncrement, .postDecrement:
      let step: Int64 = operation.isDecrement ? -1 : 1
      switch operand.kind {
      case .variable(let name):
        guard let declaration = declaration(of: name) else { return builder.constant(0) }
        let before = readVariable(declaration)
        let after = kept(builder.binary(.add, before, step), as: variableType(declaration))
        writeVariable(declaration, after)
        return operation.isPostfix ? before : after
      case .map(let map): return lowerMapUpdate(map, by: step, givingOld: operation.isPostfix)
      default: return builder.constant(0)
      }
    }
  }

  private mutating func lowerBinary(
    _ operation: BinaryOperator, _ left: Expression, _ right: Expression, _ expression: Expression
  ) -> SSAValue {
    let leftType = type(of: left), rightType = type(of: right)
    if operation.isComparison, !leftType.isComparedAsNumber || !rightType.isComparedAsNumber {
      return lowerMemoryComparison(operation, left, right)
    }
    let leftValue = lowerScalar(left)
    let rightValue = lowerScalar(right)
    builder.span = expression.span
    return lowerBinary(
      operation, leftValue, leftType, constantInteger(left), rightValue, rightType, constantInteger(right))
  }

  mutating func lowerBinary(
    _ operation: BinaryOperator, _ left: SSAValue, _ leftType: ValueType, _ leftConstant: Int64? = nil,
    _ right: SSAValue, _ rightType: ValueType, _ rightConstant: Int64? = nil
  ) -> SSAValue {
    if case .pointer(let pointee, _) = leftType, !operation.isComparison {
      let size = Int64(max(1, catalog.byteCount(of: pointee) ?? 1))
      let distance = size == 1 ? right : builder.binary(.mul, right, size)
      return builder.binary(operation == .subtract ? .sub : .add, left, distance)
    }
    if case .pointer(let pointee, _) = rightType, operation == .add {
      let size = Int64(max(1, catalog.byteCount(of: pointee) ?? 1))
      return builder.binary(.add, right, size == 1 ? left : builder.binary(.mul, left, size))
    }
    let isSigned = Signedness.isSigned(leftType, leftConstant, rightType, rightConstant)
    switch operation {
    case .add: return builder.binary(.add, left, right)
    case .subtract: return builder.binary(.sub, left, right)
    case .multiply: return builder.binary(.mul, left, right)
    case .and: return builder.binary(.and, left, right)
    case .or: return builder.binary(.or, left, right)
    case .xor: return builder.binary(.xor, left, right)
    case .shiftLeft: return lowerShift(.shiftLeft, left, right, rightConstant)
    case .shiftRight: return lowerShift(.logicalShiftRight, left, right, rightConstant)
    case .divide: return lowerDivision(isSigned ? .signedDivide : .unsignedDivide, left, right, rightConstant)
    case .remainder: return lowerDivision(isSigned ? .signedRemainder : .unsignedRemainder, left, right, rightConstant)
    case .equal: return builder.compare(.equal, left, right)
    case .notEqual: return builder.compare(.notEqual, left, right)
    case .less: return builder.compare(isSigned ? .signedLess : .unsignedLess, left, right)
    case .lessOrEqual: return builder.compare(isSigned ? .signedLessOrEqual : .unsignedLessOrEqual, left, right)
    case .greater: return builder.compare(isSigned ? .signedGreater : .unsignedGreater, left, right)
    case .greaterOrEqual:
      return builder.compare(isSigned ? .signedGreaterOrEqual : .unsignedGreaterOrEqual, left, right)
    }
  }

  /// Only the lowest six bits of a shift's distance count, as on the machine.
  private mutating func lowerShift(
    _ operation: SSABinaryOperator, _ left: SSAValue, _ right: SSAValue, _ constant: Int64?
  ) -> SSAValue {
    if let constant { return builder.binary(operation, left, constant & 63) }
    return builder.binary(operation, left, builder.binary(.and, right, 63))
  }

  /// Division by zero gives 1 and a warning.
  private mutating func lowerDivision(
    _ operation: SSABinaryOperator, _ left: SSAValue, _ right: SSAValue, _ constant: Int64?
  ) -> SSAValue {
    if let constant, constant != 0 { return builder.binary(operation, left, constant) }
    let zero = builder.createBlock(), other = builder.createBlock(), end = builder.createBlock(parameterCount: 1)
    builder.branch(.equal, right, .constant(0), then: zero, otherwise: other)
    builder.seal(zero)
    builder.seal(other)
    builder.move(to: zero)
    lowerRuntimeError(.divisionByZero, at: builder.span ?? probe.span, returned: nil)
    builder.jump(end, [.constant(1)])
    builder.move(to: other)
    let quotient = builder.binary(operation, left, right)
    builder.jump(end, [.value(quotient)])
    builder.seal(end)
    builder.move(to: end)
    return builder.parameters(of: end)[0]
  }

  mutating func lowerCast(_ operand: Expression, to type: ValueType) -> SSAValue {
    let value = lowerScalar(operand)
    switch type {
    case .integer(let integer): return extended(value, to: integer)
    case .boolean: return builder.compare(.notEqual, value, 0)
    case .enumeration: return builder.zeroExtend(value, bits: 32)
    default: return value
    }
  }

  mutating func extended(_ value: SSAValue, to type: IntegerType) -> SSAValue {
    guard type.bits < 64 else { return value }
    let bits = UInt8(truncatingIfNeeded: type.bits)
    return type.isSigned ? builder.signExtend(value, bits: bits) : builder.zeroExtend(value, bits: bits)
  }

  // MARK: Truth and choice

  /// Goes one way when the expression is true and the other when not.
  mutating func lowerBranch(on condition: Expression, then: SSABlockID, otherwise: SSABlockID) {
    builder.span = condition.span
    switch condition.kind {
    case .logical(let operation, let left, let right):
      let second = builder.createBlock()
      if operation == .and {
        lowerBranch(on: left, then: second, otherwise: otherwise)
      } else {
        lowerBranch(on: left, then: then, otherwise: second)
      }
      builder.seal(second)
      builder.move(to: second)
      inRegion { $0.lowerBranch(on: right, then: then, otherwise: otherwise) }
    case .unary(.not, let operand): lowerBranch(on: operand, then: otherwise, otherwise: then)
    default:
      let value = lowerVisibleScalar(condition)
      builder.branch(.notEqual, value, .constant(0), then: then, otherwise: otherwise)
    }
  }

  /// A value that depends on a condition: `?:`, `&&`, `||`, `if` as an expression.
  private mutating func lowerChoice(_ expression: Expression) -> SSAValue {
    let then = builder.createBlock(), otherwise = builder.createBlock()
    let end = builder.createBlock(parameterCount: 1)
    var thenValue: (inout ProgramLowering) -> SSAValue = { $0.builder.constant(1) }
    var otherwiseValue: (inout ProgramLowering) -> SSAValue = { $0.builder.constant(0) }
    switch expression.kind {
    case .conditional(let condition, let first, let second):
      lowerBranch(on: condition, then: then, otherwise: otherwise)
      thenValue = { $0.lowerScalar(first) }
      otherwiseValue = { $0.lowerScalar(second) }
    case .elvis(let first, let second):
      let value = lowerScalar(first)
      builder.branch(.notEqual, value, .constant(0), then: then, otherwise: otherwise)
      thenValue = { _ in value }
      otherwiseValue = { $0.lowerScalar(second) }
    case .ifElse(let condition, let first, let second):
      lowerBranch(on: condition, then: then, otherwise: otherwise)
      thenValue = { lowering in lowering.lowerValue(of: first) { $0.lowerScalar($1) } ?? lowering.builder.constant(0) }
      otherwiseValue = { lowering in
        lowering.lowerValue(of: second) { $0.lowerScalar($1) } ?? lowering.builder.constant(0)
      }
    default: lowerBranch(on: expression, then: then, otherwise: otherwise)
    }
    builder.seal(then)
    builder.seal(otherwise)
    builder.move(to: then)
    let first = inRegion { thenValue(&$0) }
    builder.jump(end, [.value(first)])
    builder.move(to: otherwise)
    let second = inRegion { otherwiseValue(&$0) }
    builder.jump(end, [.value(second)])
    builder.seal(end)
    builder.move(to: end)
    return builder.parameters(of: end)[0]
  }
}

extension Expression {
  /// Whether its value is the one or the other, depending on which way the program went.
  fileprivate var isChosen: Bool {
    switch kind {
    case .logical, .conditional, .elvis, .ifElse, .map, .unary(.not, _), .binary(.divide, _, _),
      .binary(.remainder, _, _):
      true
    case .binary(let operation, _, _): operation.isComparison
    case .call(let call): call.name.text == "strncmp" || call.name.text == "has_key"
    default: false
    }
  }
}

/// Whether an operation takes its operands as signed numbers.
enum Signedness {
  /// A literal that is not negative takes the other side's sign.
  static func isSigned(
    _ left: ValueType, _ leftConstant: Int64?, _ right: ValueType, _ rightConstant: Int64?
  ) -> Bool {
    let leftSigned = left.arithmeticType?.isSigned ?? false
    let rightSigned = right.arithmeticType?.isSigned ?? false
    let leftAdapts = leftConstant.map { $0 >= 0 } ?? false
    let rightAdapts = rightConstant.map { $0 >= 0 } ?? false
    switch (leftAdapts, rightAdapts) {
    case (true, true): return true
    case (true, false): return rightSigned
    case (false, true): return leftSigned
    case (false, false): return leftSigned || rightSigned
    }
  }
}

extension ValueType {
  /// Whether two such values are compared as registers.
  var isComparedAsNumber: Bool { arithmeticType != nil || isAddress }
}
