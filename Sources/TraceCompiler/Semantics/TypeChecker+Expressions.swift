import Diagnostics
import TraceLanguage

extension TypeChecker {
  /// The type of an expression, noted for later stages.
  mutating func type(of expression: Expression) -> ValueType {
    let type = inferredType(of: expression)
    if types.indices.contains(expression.id.index) { types[expression.id.index] = type }
    return type
  }

  private mutating func inferredType(of expression: Expression) -> ValueType {
    switch expression.kind {
    case .integer(let literal):
      if literal.suffix.contains(.unsigned) { return literal.suffix == .unsigned ? .uint32 : .uint64 }
      return .integer(IntegerType.ofLiteral(literal.value))
    case .string(let literal):
      if literal.bytes.count >= configuration.maximumStringLength {
        diagnostics.report(.stringTooLong(literal.bytes.count, configuration.maximumStringLength, at: expression.span))
      }
      return .string(capacity: literal.bytes.count + 1)
    case .boolean: return .boolean
    case .positionalParameter(let number): return positionalType(number)
    case .parameterCount: return .int64
    case .identifier(let name): return identifierType(name, at: expression.span)
    case .variable(let name):
      guard let variable = variable(named: name) else {
        diagnostics.report(.undefinedVariable(name, at: expression.span))
        return .unknown
      }
      if !variable.isAssigned, variable.type == .unknown {
        diagnostics.report(.unassignedVariable(name, at: expression.span))
      }
      return variable.type
    case .map(let map): return mapValueType(map)
    case .call(let call): return callType(call, in: expression)
    case .type(let name): return resolve(name)
    case .member(let base, let access, let name): return memberType(base, access, name, at: expression.span)
    case .tupleElement(let base, let index, let span): return tupleElementType(base, index, at: span)
    case .element(let base, let index): return elementType(base, index, at: expression.span)
    case .unary(let operation, let operand): return unaryType(operation, operand, at: expression.span)
    case .binary(let operation, let left, let right):
      if let text = constantString(expression) {
        for operand in [left, right] { _ = type(of: operand) }
        return .string(capacity: text.bytes.count + 1)
      }
      let leftType = type(of: left), rightType = type(of: right)
      return binaryType(operation, leftType, rightType, left, right, at: expression.span)
    case .logical(_, let left, let right):
      checkCondition(left)
      checkCondition(right)
      return .boolean
    case .conditional(let condition, let then, let otherwise):
      checkCondition(condition)
      return branchType(type(of: then), type(of: otherwise), at: expression.span)
    case .elvis(let value, let otherwise):
      // Inferred once: what is inferred twice at each level takes time that doubles with each level.
      let valueType = checkCondition(value)
      return branchType(valueType, type(of: otherwise), at: expression.span)
    case .cast(let name, let operand): return castType(name, operand, at: expression.span)
    case .tuple(let elements):
      return .tuple(elements.map { storable(type(of: $0), at: $0.span) })
    case .record(let fields):
      return .record(
        fields.map { RecordElement(name: $0.name.text, type: storable(type(of: $0.value), at: $0.value.span)) })
    case .sizeOf(let operand):
      let operandType = self.type(of: operand)
      if operandType != .unknown, catalog.byteCount(of: operandType) == nil {
        diagnostics.report(.noSize(operandType, at: expression.span, catalog))
      }
      return .int64
    case .offsetOf(let operand, let path):
      _ = memberOffset(in: type(of: operand), path: path)
      return .int64
    case .typeInfo:
      diagnostics.report(.unsupported("typeinfo()", at: expression.span))
      return .unknown
    case .ifElse(let condition, let then, let otherwise):
      checkCondition(condition)
      return branchType(type(of: then), type(of: otherwise), at: expression.span)
    case .block(let block): return type(of: block)
    case .comptime(let operand):
      let operandType = type(of: operand)
      if operandType != .unknown, constantInteger(operand) == nil {
        diagnostics.report(.notConstant(at: operand.span))
      }
      return operandType
    }
  }

  private mutating func type(of block: BlockExpression) -> ValueType {
    scopes.append([:])
    check(block.statements)
    let result = block.value.map { type(of: $0) } ?? .void
    scopes.removeLast()
    return result
  }

  mutating func type(of operand: TypeOperand) -> ValueType {
    switch operand {
    case .type(let name):
      // A bare word may also be a variable of the language that a type is asked of.
      if case .named(let word) = name.base, name.suffixes.isEmpty, BuiltinVariable(name: word) != nil {
        return identifierType(word, at: name.span)
      }
      return resolve(name)
    case .expression(let expression): return type(of: expression)
    }
  }

  /// A type that a tuple can hold.
  private mutating func storable(_ type: ValueType, at span: SourceSpan) -> ValueType {
    switch type {
    case .void, .arguments:
      diagnostics.report(.notAValue(type, at: span, catalog))
      return .unknown
    case .aggregation(let aggregation) where !aggregation.isNumeric:
      diagnostics.report(.aggregationCopied(aggregation.functionName, at: span))
      return .unknown
    default: return type.stored
    }
  }

  private mutating func branchType(_ left: ValueType, _ right: ValueType, at span: SourceSpan) -> ValueType {
    let (left, right) = (left.stored, right.stored)
    if let joined = left.joined(with: right) { return joined }
    diagnostics.report(.branchMismatch(left, right, at: span, catalog))
    return .unknown
  }

  private func positionalType(_ number: Int) -> ValueType {
    guard let text = constants.positional(number) else { return .int64 }
    if let value = ConstantValues.integer(from: text) { return .integer(IntegerType.ofSignedLiteral(value)) }
    return .string(capacity: text.utf8.count + 1)
  }

  private mutating func mapValueType(_ map: TraceLanguage.MapReference) -> ValueType {
    unifyKey(of: map)
    var facts = mapFacts(map)
    facts.isRead = true
    maps[map.name.text] = facts
    if facts.value == .unknown { diagnostics.report(.undefinedMap(map.name.text, at: map.name.span)) }
    return facts.value
  }

  // MARK: Names

  private mutating func identifierType(_ name: String, at span: SourceSpan) -> ValueType {
    if let builtin = BuiltinVariable(name: name) { return builtinType(builtin, at: span) }
    if BuiltinVariable.argumentIndex(of: name) != nil { return numberedArgumentType(name, at: span) }
    if let constant = catalog.constant(named: name) { return constant.type }
    if let text = catalog.declarations.stringConstants[name] { return .string(capacity: text.bytes.count + 1) }
    let declared = catalog.declarations.integerConstants.keys.map(\.self) + catalog.declarations.stringConstants.keys
    diagnostics.report(.unknownIdentifier(name, constants: declared, at: span))
    return .unknown
  }

  // MARK: Operators

  private mutating func unaryType(_ operation: UnaryOperator, _ operand: Expression, at span: SourceSpan) -> ValueType {
    if operation.isUpdate { return updateType(operation, operand, at: span) }
    if operation == .not { return checkCondition(operand) == .unknown ? .unknown : .boolean }
    let type = self.type(of: operand)
    if type == .unknown { return .unknown }
    switch operation {
    case .negate:
      if let value = constantInteger(operand), value != .min { return .integer(IntegerType.ofSignedLiteral(-value)) }
      if case .integer(let literal) = operand.kind, literal.value == 1 << 63 { return .int64 }
      if type.arithmeticType != nil { return .int64 }
    case .complement:
      if let integer = type.arithmeticType { return integer.isSigned ? .int64 : .uint64 }
    case .dereference:
      if case .pointer(let pointee, let space) = type, pointee != .void {
        if case .structure(let id, _) = pointee { return .structure(id, space) }
        return pointee
      }
    case .addressOf:
      diagnostics.report(.unsupported("the address operator &", at: span))
      return .unknown
    case .not, .preIncrement, .preDecrement, .postIncrement, .postDecrement: break
    }
    diagnostics.report(.unaryMismatch(operation, type, at: span, catalog))
    return .unknown
  }

  private mutating func updateType(_ operation: UnaryOperator, _ operand: Expression, at span: SourceSpan) -> ValueType
  {
    switch operand.kind {
    case .variable(let name):
      guard var variable = variable(named: name), variable.isAssigned || variable.type != .unknown else {
        diagnostics.report(.undefinedVariable(name, at: operand.span))
        return .unknown
      }
      if variable.isConstant {
        diagnostics.report(.loopVariableAssigned(name, at: span))
        return .unknown
      }
      guard case .integer(let integer) = variable.type else {
        if variable.type != .unknown {
          diagnostics.report(.updateMismatch(operation, variable.type, at: span, catalog))
        }
        return .unknown
      }
      let isDecrement = operation == .preDecrement || operation == .postDecrement
      if variable.isTyped { return variable.type }
      let result = ValueType.integer(IntegerType(bits: 64, isSigned: integer.isSigned || isDecrement))
      if let joined = joinVariableType(at: variable.declaration, with: result) {
        variable.type = joined
        variable.isAssigned = true
        setVariable(named: name, variable)
      }
      if types.indices.contains(operand.id.index) { types[operand.id.index] = variable.type }
      return result
    case .map(let map):
      unifyKey(of: map)
      let value = mapFacts(map).value
      switch value {
      case .unknown, .integer:
        unifyValue(of: map, with: .int64, at: span)
        if types.indices.contains(operand.id.index) { types[operand.id.index] = mapFacts(map).value }
        return mapFacts(map).value
      case .aggregation(let aggregation):
        diagnostics.report(.aggregationUpdated(map.name.text, aggregation.functionName, at: span))
      default: diagnostics.report(.updateMismatch(operation, value, at: span, catalog))
      }
      return .unknown
    default:
      _ = type(of: operand)
      diagnostics.report(.updateNeedsPlace(operation, at: span))
      return .unknown
    }
  }

  /// The type of `left operation right`; the expressions tell literals, which adapt to the other side.
  mutating func binaryType(
    _ operation: BinaryOperator, _ leftType: ValueType, _ rightType: ValueType, _ left: Expression?,
    _ right: Expression, at span: SourceSpan
  ) -> ValueType {
    if leftType == .unknown || rightType == .unknown { return operation.isComparison ? .boolean : .unknown }
    if operation.isComparison, let left,
      let result = comparisonType(operation, leftType, rightType, left, right, at: span)
    {
      return result
    }
    if !operation.isComparison, let pointer = pointerArithmeticType(operation, leftType, rightType) { return pointer }
    guard var leftInteger = leftType.arithmeticType, var rightInteger = rightType.arithmeticType else {
      diagnostics.report(.binaryMismatch(operation, leftType, rightType, at: span, catalog))
      return .unknown
    }
    // A literal that is not negative takes the other side's sign.
    let leftAdapts = left.flatMap { constantInteger($0) }.map { $0 >= 0 } ?? false
    let rightAdapts = constantInteger(right).map { $0 >= 0 } ?? false
    switch (leftAdapts, rightAdapts) {
    case (true, false): leftInteger.isSigned = rightInteger.isSigned
    case (false, true): rightInteger.isSigned = leftInteger.isSigned
    case (true, true):
      leftInteger.isSigned = true
      rightInteger.isSigned = true
    case (false, false): break
    }
    let isSigned = leftInteger.isSigned || rightInteger.isSigned
    let isShift = operation == .shiftLeft || operation == .shiftRight
    if leftInteger.isSigned != rightInteger.isSigned, !isShift, max(leftInteger.bits, rightInteger.bits) == 64 {
      let unsigned = leftInteger.isSigned ? rightInteger : leftInteger
      if unsigned.bits == 64 { diagnostics.report(.signMismatch(operation, leftType, rightType, at: span)) }
    }
    if operation.isComparison { return .boolean }
    if operation == .subtract { return .int64 }
    if isShift { return leftInteger.isSigned ? .int64 : .uint64 }
    return isSigned ? .int64 : .uint64
  }

  private func pointerArithmeticType(_ operation: BinaryOperator, _ left: ValueType, _ right: ValueType) -> ValueType? {
    switch (operation, left, right) {
    case (.add, .pointer, let other) where other.isNumeric: left
    case (.subtract, .pointer, let other) where other.isNumeric: left
    case (.add, let other, .pointer) where other.isNumeric: right
    default: nil
    }
  }

  private mutating func comparisonType(
    _ operation: BinaryOperator, _ left: ValueType, _ right: ValueType, _ leftExpression: Expression,
    _ rightExpression: Expression, at span: SourceSpan
  ) -> ValueType? {
    let isEquality = operation == .equal || operation == .notEqual
    switch (left, right) {
    case (.string, .string) where isEquality: return .boolean
    case (.probeName, .string), (.string, .probeName):
      let literal = left == .probeName ? rightExpression : leftExpression
      if isEquality, constantString(literal) != nil { return .boolean }
      return nil
    case (.tuple, .tuple) where isEquality && left.joined(with: right) != nil: return .boolean
    case (.record, .record) where isEquality && left.joined(with: right) != nil: return .boolean
    case (.array(.integer, _), .array) where isEquality && left == right: return .boolean
    case (.internetAddress, .internetAddress) where isEquality, (.macAddress, .macAddress) where isEquality:
      return .boolean
    case (let l, let r) where l.isScalar && r.isScalar && (l.isNumeric || l.isAddress) && (r.isNumeric || r.isAddress):
      if l.isAddress || r.isAddress { return .boolean }
      return nil
    default: return nil
    }
  }

  private mutating func castType(_ name: TypeName, _ operand: Expression, at span: SourceSpan) -> ValueType {
    let from = type(of: operand)
    var to = resolve(name)
    if from == .unknown || to == .unknown { return to }
    if case .pointer(let pointee, _) = to { to = .pointer(to: pointee.moved(to: space(of: from)), space(of: from)) }
    let isNumber = from.arithmeticType != nil || from.isAddress
    switch to {
    case .integer, .boolean, .enumeration: if isNumber { return to }
    case .pointer: if isNumber { return to }
    case .structure(let id, _): if case .structure(_, let space) = from { return .structure(id, space) }
    default: break
    }
    diagnostics.report(.invalidCast(from: from, to: to, at: span, catalog))
    return to
  }

  /// Where an address made from a value of this type points.
  private func space(of type: ValueType) -> AddressSpace {
    switch type {
    case .pointer(_, let space): space
    case .userSymbol: .user
    default: body?.argumentSpace ?? .kernel
    }
  }
}

extension ValueType {
  /// Whether it is an address in all but name.
  var isAddress: Bool {
    switch self {
    case .pointer, .kernelSymbol: true
    default: false
    }
  }

  /// The type as it is found behind an address of that space.
  func moved(to space: AddressSpace) -> ValueType {
    switch self {
    case .structure(let id, _): .structure(id, space)
    case .pointer(let pointee, _): .pointer(to: pointee.moved(to: space), space)
    default: self
    }
  }
}
