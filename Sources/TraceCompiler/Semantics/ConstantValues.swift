import TraceLanguage

/// The values of expressions that are known while compiling.
struct ConstantValues {
  let catalog: TypeCatalog
  /// The words of the command line that `$1`, `$2` and so on stand for.
  let parameters: [String]

  /// The parameter's text; nil where none was given, which counts as 0 and as the empty string.
  func positional(_ number: Int) -> String? {
    parameters.indices.contains(number - 1) ? parameters[number - 1] : nil
  }

  /// The value of an expression that is known while compiling.
  func integer(_ expression: Expression) -> Int64? {
    switch expression.kind {
    case .integer(let literal): return Int64(exactly: literal.value)
    case .boolean(let value): return value ? 1 : 0
    case .positionalParameter(let number):
      guard let text = positional(number) else { return 0 }
      return Self.integer(from: text)
    case .parameterCount: return Int64(parameters.count)
    case .identifier(let name):
      if BuiltinVariable(name: name) != nil { return nil }
      return catalog.constant(named: name)?.value
    case .unary(.negate, let operand):
      guard let value = integer(operand) else { return nil }
      let (result, overflow) = Int64(0).subtractingReportingOverflow(value)
      return overflow ? nil : result
    case .binary(let operation, let left, let right):
      guard let left = integer(left), let right = integer(right) else { return nil }
      return Self.fold(operation, left, right)
    case .comptime(let operand): return integer(operand)
    default: return nil
    }
  }

  /// The result of an operation on numbers; nil where it overflows, divides by zero or is no number.
  private static func fold(_ operation: BinaryOperator, _ left: Int64, _ right: Int64) -> Int64? {
    let result: (partialValue: Int64, overflow: Bool)
    switch operation {
    case .add: result = left.addingReportingOverflow(right)
    case .subtract: result = left.subtractingReportingOverflow(right)
    case .multiply: result = left.multipliedReportingOverflow(by: right)
    case .divide: result = left.dividedReportingOverflow(by: right)
    case .remainder: result = left.remainderReportingOverflow(dividingBy: right)
    case .and: return left & right
    case .or: return left | right
    case .xor: return left ^ right
    case .shiftLeft:
      let distance = right & 63
      return left >= 0 && left <= Int64.max >> distance ? left << distance : nil
    case .shiftRight: return left >= 0 ? left >> (right & 63) : nil
    case .equal, .notEqual, .less, .greater, .lessOrEqual, .greaterOrEqual: return nil
    }
    return result.overflow ? nil : result.partialValue
  }

  /// The text of an expression that is known while compiling.
  func string(_ expression: Expression) -> StringLiteral? {
    switch expression.kind {
    case .string(let literal): return literal
    case .positionalParameter(let number): return StringLiteral(bytes: Array((positional(number) ?? "").utf8))
    case .identifier(let name): return catalog.declarations.stringConstants[name]
    case .binary(.add, let left, let right):
      guard let left = string(left), let right = string(right) else { return nil }
      return StringLiteral(bytes: left.bytes + right.bytes)
    case .call(let call) where call.name.text == "str" && call.arguments.count == 1:
      if case .positionalParameter = call.arguments[0].kind { return string(call.arguments[0]) }
      return nil
    default: return nil
    }
  }

  /// A number as it may stand on a command line: decimal, hexadecimal with `0x`, octal with `0`, with a sign.
  static func integer(from text: String) -> Int64? {
    let isNegative = text.hasPrefix("-")
    let digits = isNegative || text.hasPrefix("+") ? text.dropFirst() : Substring(text)
    guard let first = digits.utf8.first, first >= 0x30, first <= 0x39 else { return nil }
    let value: UInt64?
    if digits.hasPrefix("0x") || digits.hasPrefix("0X") {
      value = UInt64(digits.dropFirst(2), radix: 16)
    } else if digits.hasPrefix("0"), digits.utf8.count > 1 {
      value = UInt64(digits.dropFirst(), radix: 8)
    } else {
      value = UInt64(digits)
    }
    guard let value else { return nil }
    if isNegative { return value <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- value) : nil }
    return Int64(bitPattern: value)
  }
}
