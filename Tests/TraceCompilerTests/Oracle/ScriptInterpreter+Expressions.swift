import TraceLanguage

extension ScriptInterpreter {
  mutating func evaluate(_ expression: Expression) throws(TooLong) -> OracleValue {
    switch expression.kind {
    case .integer(let literal): return .number(Int64(bitPattern: literal.value))
    case .string(let literal): return .text(literal.bytes)
    case .boolean(let value): return .number(value ? 1 : 0)
    case .identifier("comm"): return .text(environment.command)
    case .identifier("tid"): return .number(Int64(environment.thread))
    case .identifier("ppid"): return .number(Int64(environment.parent))
    case .identifier: return .number(Int64(environment.process))
    case .member(let base, _, let name): return try evaluate(name.text, of: base)
    case .record(let fields):
      var values: [OracleValue] = []
      for field in fields { values.append(try evaluate(field.value)) }
      return .tuple(values)
    case .variable:
      let declaration = typing.declarations[expression.span] ?? expression.span
      return variables[declaration] ?? (typing.variables[declaration] ?? .int64).zero
    case .map(let map): return value(of: map.name.text, key: try key(of: map))
    case .call(let call): return try evaluate(call)
    case .tupleElement(let base, let index, _):
      guard case .tuple(let elements) = try evaluate(base) else { return .number(0) }
      return elements[index]
    case .element(let base, let index):
      if case .tuple(let elements) = try evaluate(base) { return elements[Int(try evaluate(index).number)] }
      let bytes = try evaluate(base).bytes, position = try evaluate(index).number
      let byte = position >= 0 && position < bytes.count ? bytes[Int(position)] : 0
      return .number(Int64(Int8(bitPattern: byte)))
    case .unary(let operation, let operand): return try evaluate(operation, operand)
    case .binary(let operation, let left, let right):
      let l = try evaluate(left), r = try evaluate(right)
      let isSigned = OracleTyping.isSigned(
        typing.type(of: left), OracleTyping.literal(left), typing.type(of: right), OracleTyping.literal(right))
      return .number(Self.compute(operation, l, r, isSigned: isSigned))
    case .logical(.and, let left, let right):
      if try !evaluate(left).isTrue { return .number(0) }
      return .number(try evaluate(right).isTrue ? 1 : 0)
    case .logical(.or, let left, let right):
      if try evaluate(left).isTrue { return .number(1) }
      return .number(try evaluate(right).isTrue ? 1 : 0)
    case .conditional(let condition, let then, let otherwise):
      return try evaluate(condition).isTrue ? try evaluate(then) : try evaluate(otherwise)
    case .elvis(let first, let otherwise):
      let value = try evaluate(first)
      return value.isTrue ? value : try evaluate(otherwise)
    case .ifElse(let condition, let then, let otherwise):
      return try evaluate(condition).isTrue ? try evaluate(then) : try evaluate(otherwise)
    case .block(let block): return try evaluate(block)
    case .cast(let name, let operand):
      return .number(Self.cast(try evaluate(operand).number, to: OracleTyping.named(name)))
    case .tuple(let elements):
      var values: [OracleValue] = []
      for element in elements { values.append(try evaluate(element)) }
      return .tuple(values)
    default: return .number(0)
    }
  }

  /// A record's field, `f0`, `f1` and so on, or what the current task is known to be.
  private mutating func evaluate(_ name: String, of base: Expression) throws(TooLong) -> OracleValue {
    if case .identifier("curtask") = base.kind {
      switch name {
      case "comm": return .text(environment.command)
      case "pid": return .number(Int64(environment.thread))
      default: return .number(Int64(environment.process))
      }
    }
    if case .member(_, _, let parent) = base.kind, parent.text == "real_parent" {
      return .number(Int64(environment.parent))
    }
    guard case .tuple(let elements) = try evaluate(base), let index = Int(name.dropFirst()) else { return .number(0) }
    return elements[index]
  }

  private mutating func evaluate(_ block: BlockExpression) throws(TooLong) -> OracleValue {
    _ = try run(block.statements)
    return try block.value.map { expression throws(TooLong) in try evaluate(expression) } ?? .number(0)
  }

  private func value(of name: String, key: OracleValue?) -> OracleValue {
    if case .aggregation(let aggregation)? = typing.values[name] {
      return .number(aggregations[name]?[key]?.number(aggregation) ?? 0)
    }
    return maps[name]?[key] ?? (typing.values[name] ?? .int64).zero
  }

  // MARK: Operators

  private mutating func evaluate(_ operation: UnaryOperator, _ operand: Expression) throws(TooLong) -> OracleValue {
    switch operation {
    case .not: return .number(try evaluate(operand).isTrue ? 0 : 1)
    case .negate: return .number(0 &- (try evaluate(operand).number))
    case .complement: return .number(~(try evaluate(operand).number))
    case .dereference, .addressOf: return .number(0)
    case .preIncrement, .preDecrement, .postIncrement, .postDecrement: break
    }
    let step: Int64 = operation == .preDecrement || operation == .postDecrement ? -1 : 1
    let before: OracleValue, after: OracleValue
    switch operand.kind {
    case .map(let map):
      let key = try key(of: map)
      before = maps[map.name.text]?[key] ?? .number(0)
      after = .number(before.number &+ step)
      maps[map.name.text, default: [:]][key] = after
    default:
      let declaration = typing.declarations[operand.span] ?? operand.span
      before = variables[declaration] ?? .number(0)
      after = stored(.number(before.number &+ step), as: typing.variables[declaration] ?? .int64)
      variables[declaration] = after
    }
    return operation.isPostfix ? before : after
  }

  static func compute(
    _ operation: BinaryOperator, _ leftValue: OracleValue, _ rightValue: OracleValue, isSigned: Bool
  ) -> Int64 {
    switch operation {
    case .equal: return leftValue == rightValue ? 1 : 0
    case .notEqual: return leftValue == rightValue ? 0 : 1
    default: break
    }
    let left = leftValue.number, right = rightValue.number
    let unsignedLeft = UInt64(bitPattern: left), unsignedRight = UInt64(bitPattern: right)
    switch operation {
    case .add: return left &+ right
    case .subtract: return left &- right
    case .multiply: return left &* right
    case .and: return left & right
    case .or: return left | right
    case .xor: return left ^ right
    case .shiftLeft: return Int64(bitPattern: unsignedLeft &<< unsignedRight)
    case .shiftRight: return Int64(bitPattern: unsignedLeft &>> unsignedRight)
    case .divide:
      if right == 0 { return 1 }
      if !isSigned { return Int64(bitPattern: unsignedLeft / unsignedRight) }
      return right == -1 ? 0 &- left : left / right
    case .remainder:
      if right == 0 { return 1 }
      if !isSigned { return Int64(bitPattern: unsignedLeft % unsignedRight) }
      return right == -1 ? 0 : left % right
    case .less: return (isSigned ? left < right : unsignedLeft < unsignedRight) ? 1 : 0
    case .greater: return (isSigned ? left > right : unsignedLeft > unsignedRight) ? 1 : 0
    case .lessOrEqual: return (isSigned ? left <= right : unsignedLeft <= unsignedRight) ? 1 : 0
    case .greaterOrEqual: return (isSigned ? left >= right : unsignedLeft >= unsignedRight) ? 1 : 0
    case .equal, .notEqual: return 0
    }
  }

  /// A number cut to a type's width and extended again.
  static func cast(_ value: Int64, to type: OracleType) -> Int64 {
    switch type {
    case .boolean: value == 0 ? 0 : 1
    case .integer(8, true): Int64(Int8(truncatingIfNeeded: value))
    case .integer(16, true): Int64(Int16(truncatingIfNeeded: value))
    case .integer(32, true): Int64(Int32(truncatingIfNeeded: value))
    case .integer(8, false): Int64(UInt8(truncatingIfNeeded: value))
    case .integer(16, false): Int64(UInt16(truncatingIfNeeded: value))
    case .integer(32, false): Int64(UInt32(truncatingIfNeeded: value))
    default: value
    }
  }

  // MARK: Calls

  private mutating func evaluate(_ call: Call) throws(TooLong) -> OracleValue {
    let arguments = call.arguments
    switch call.name.text {
    case "has_key", "delete":
      guard case .map(let map) = arguments[0].kind else { return .number(0) }
      let key = arguments.count == 2 ? try evaluate(arguments[1]) : try key(of: map)
      let isThere = maps[map.name.text]?[key] != nil || aggregations[map.name.text]?[key] != nil
      if call.name.text == "has_key" { return .number(isThere ? 1 : 0) }
      maps[map.name.text]?[key] = nil
      aggregations[map.name.text]?[key] = nil
      return .number(key == nil || isThere ? 1 : 0)
    case "str":
      let text = try evaluate(arguments[0]).bytes
      guard arguments.count > 1 else { return .text(text) }
      // A length counts the NUL.
      let limit = max(0, min(text.count, Int(try evaluate(arguments[1]).number) - 1))
      return .text(Array(text.prefix(limit)))
    case "strncmp":
      let left = try evaluate(arguments[0]).bytes, right = try evaluate(arguments[1]).bytes
      let count = Int(try evaluate(arguments[2]).number)
      return .number(left.prefix(count) == right.prefix(count) ? 0 : 1)
    case "bswap":
      let value = try evaluate(arguments[0]).number
      guard case .integer(let bits, _) = typing.type(of: arguments[0]) else { return .number(value) }
      return .number(Int64(bitPattern: UInt64(bitPattern: value).byteSwapped >> UInt64(64 - bits)))
    case "print":
      if case .map(let map) = arguments[0].kind, map.keys.isEmpty { return .number(0) }
      printed.append([try evaluate(arguments[0])])
    case "printf":
      var values: [OracleValue] = []
      for argument in arguments.dropFirst() { values.append(try evaluate(argument)) }
      printed.append(values)
    default: break
    }
    return .number(0)
  }
}
