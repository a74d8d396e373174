import Diagnostics
import TraceLanguage

/// The types of a script's expressions, variables and maps, found by the language's rules alone.
///
/// Written beside the compiler's type checker, not from it: what both say of a script must agree. Only well-typed
/// scripts of one probe are understood.
struct OracleTyping {
  private(set) var expressions: [OracleType]
  /// By the place where a variable is first assigned or declared.
  private(set) var variables: [SourceSpan: OracleType] = [:]
  /// Variables whose type the script gives.
  private(set) var declared: Set<SourceSpan> = []
  /// From each place where a variable stands to the place of its declaration.
  private(set) var declarations: [SourceSpan: SourceSpan] = [:]
  private(set) var keys: [String: OracleType] = [:]
  private(set) var values: [String: OracleType] = [:]

  private var scopes: [[String: SourceSpan]] = []

  init(_ script: Script) {
    expressions = Array(repeating: .unknown, count: script.expressionCount)
    while true {
      let before = (variables, keys, values)
      for probe in script.probes {
        scopes = [[:]]
        if let predicate = probe.predicate { _ = type(predicate) }
        visit(probe.body.statements)
      }
      if before == (variables, keys, values) { break }
    }
  }

  func type(of expression: Expression) -> OracleType { expressions[expression.id.index] }

  // MARK: Literals

  /// The value of a literal or of arithmetic on literals; nil where the result does not fit 64 bits.
  static func literal(_ expression: Expression) -> Int64? {
    switch expression.kind {
    case .integer(let literal): return Int64(exactly: literal.value)
    case .boolean(let value): return value ? 1 : 0
    case .unary(.negate, let operand): return literal(operand).flatMap { $0 == .min ? nil : -$0 }
    case .binary(let operation, let left, let right):
      guard let l = literal(left), let r = literal(right) else { return nil }
      var result: (Int64, Bool)
      switch operation {
      case .add: result = l.addingReportingOverflow(r)
      case .subtract: result = l.subtractingReportingOverflow(r)
      case .multiply: result = l.multipliedReportingOverflow(by: r)
      case .divide: result = l.dividedReportingOverflow(by: r)
      case .remainder: result = l.remainderReportingOverflow(dividingBy: r)
      case .and: result = (l & r, false)
      case .or: result = (l | r, false)
      case .xor: result = (l ^ r, false)
      case .shiftLeft: result = (l << (r & 63), l < 0 || l > Int64.max >> (r & 63))
      case .shiftRight: result = (l >> (r & 63), l < 0)
      default: return nil
      }
      return result.1 ? nil : result.0
    default: return nil
    }
  }

  /// Whether the operation takes its operands as signed numbers: a literal that is not negative adapts to the other
  /// side, two of them are signed; otherwise one signed side is enough.
  static func isSigned(_ left: OracleType, _ leftLiteral: Int64?, _ right: OracleType, _ rightLiteral: Int64?) -> Bool {
    let leftAdapts = (leftLiteral ?? -1) >= 0, rightAdapts = (rightLiteral ?? -1) >= 0
    if leftAdapts && rightAdapts { return true }
    if leftAdapts { return right.isSigned }
    if rightAdapts { return left.isSigned }
    return left.isSigned || right.isSigned
  }

  /// The type of arithmetic, which is done at 64 bits.
  static func arithmetic(
    _ operation: BinaryOperator, _ left: OracleType, _ leftLiteral: Int64?, _ right: OracleType, _ rightLiteral: Int64?
  ) -> OracleType {
    if left == .unknown || right == .unknown { return .unknown }
    switch operation {
    case .subtract: return .int64
    case .shiftLeft, .shiftRight:
      // A shift is of its left side's kind.
      if (leftLiteral ?? -1) >= 0 {
        return .integer(bits: 64, isSigned: (rightLiteral ?? -1) >= 0 || right.isSigned)
      }
      return .integer(bits: 64, isSigned: left.isSigned)
    default: return .integer(bits: 64, isSigned: isSigned(left, leftLiteral, right, rightLiteral))
    }
  }

  // MARK: Expressions

  private mutating func type(_ expression: Expression) -> OracleType {
    let type = infer(expression)
    expressions[expression.id.index] = type
    return type
  }

  private mutating func infer(_ expression: Expression) -> OracleType {
    switch expression.kind {
    case .integer(let literal): return .ofLiteral(literal.value)
    case .string: return .string
    case .boolean: return .boolean
    case .identifier("comm"): return .string
    case .identifier: return .integer(bits: 32, isSigned: false)
    case .variable(let name): return use(name, at: expression.span).flatMap { variables[$0] } ?? .unknown
    case .map(let map):
      visitKeys(map)
      return values[map.name.text] ?? .unknown
    case .call(let call): return type(call)
    case .tupleElement(let base, let index, _):
      guard case .tuple(let elements) = type(base) else { return .unknown }
      return elements[index]
    case .element(let base, let index):
      _ = type(index)
      if case .tuple(let elements) = type(base), let index = Self.literal(index) { return elements[Int(index)] }
      return .integer(bits: 8, isSigned: true)
    case .unary(let operation, let operand): return type(operation, operand, expression)
    case .binary(let operation, let left, let right):
      let (l, r) = (type(left), type(right))
      if operation.isComparison { return .boolean }
      return Self.arithmetic(operation, l, Self.literal(left), r, Self.literal(right))
    case .logical(_, let left, let right):
      _ = (type(left), type(right))
      return .boolean
    case .conditional(let condition, let then, let otherwise):
      _ = type(condition)
      return type(then).copied.joined(with: type(otherwise).copied)
    case .elvis(let value, let otherwise): return type(value).copied.joined(with: type(otherwise).copied)
    case .ifElse(let condition, let then, let otherwise):
      _ = type(condition)
      return type(then).copied.joined(with: type(otherwise).copied)
    case .block(let block): return type(block)
    case .cast(let name, let operand):
      _ = type(operand)
      return Self.named(name)
    case .tuple(let elements): return .tuple(elements.map { type($0).copied })
    case .record(let fields): return .tuple(fields.map { type($0.value).copied })
    case .member(let base, _, let name):
      if case .tuple(let elements) = type(base), let index = Int(name.text.dropFirst()) { return elements[index] }
      return name.text == "comm" ? .string : .integer(bits: 32, isSigned: true)
    default: return .unknown
    }
  }

  private mutating func type(_ block: BlockExpression) -> OracleType {
    scopes.append([:])
    visit(block.statements)
    let result = block.value.map { type($0) } ?? .nothing
    scopes.removeLast()
    return result
  }

  private mutating func type(_ operation: UnaryOperator, _ operand: Expression, _ expression: Expression) -> OracleType
  {
    let own = type(operand)
    switch operation {
    case .not: return .boolean
    case .negate: return Self.literal(expression).map { .ofLiteral($0) } ?? .int64
    case .complement: return .integer(bits: 64, isSigned: own.isSigned)
    default: break
    }
    switch operand.kind {
    case .variable(let name):
      guard let declaration = use(name, at: operand.span), own != .unknown else { return .unknown }
      if declared.contains(declaration) { return own }
      let isDecrement = operation == .preDecrement || operation == .postDecrement
      let result = OracleType.integer(bits: 64, isSigned: own.isSigned || isDecrement)
      variables[declaration] = own.joined(with: result)
      return result
    case .map(let map):
      values[map.name.text] = (values[map.name.text] ?? .unknown).joined(with: .int64)
      return values[map.name.text] ?? .unknown
    default: return .unknown
    }
  }

  static func named(_ name: TypeName) -> OracleType {
    switch name.base {
    case .named("bool"): return .boolean
    case .named(let word):
      let isSigned = word.hasPrefix("int")
      return .integer(bits: Int(word.drop { !$0.isNumber }) ?? 64, isSigned: isSigned)
    case .sized: return .string
    case .tuple(let elements): return .tuple(elements.map(named))
    default: return .unknown
    }
  }

  private mutating func type(_ call: Call) -> OracleType {
    let arguments = call.arguments
    if let function = OracleAggregation.Function(rawValue: call.name.text) {
      let isSigned = arguments.first.map { type($0).isSigned } ?? false
      let parameters = arguments.dropFirst().map { argument in
        _ = type(argument)
        return Self.literal(argument) ?? 0
      }
      switch function {
      case .count, .hist, .lhist: return .aggregation(OracleAggregation(function: function, parameters: parameters))
      default: return .aggregation(OracleAggregation(function: function, isSigned: isSigned))
      }
    }
    switch call.name.text {
    case "has_key", "delete":
      if case .map(let map) = arguments[0].kind {
        if map.keys.isEmpty, arguments.count == 2 {
          let key = type(arguments[1]).copied
          keys[map.name.text] = (keys[map.name.text] ?? .unknown).joined(with: key)
        } else {
          visitKeys(map)
        }
      }
      return .boolean
    default:
      let types = arguments.map { type($0) }
      switch call.name.text {
      case "str": return .string
      case "strncmp": return .uint64
      case "bswap": if case .integer(let bits, _) = types[0] { return .integer(bits: bits, isSigned: false) }
      default: break
      }
      return .nothing
    }
  }

  // MARK: Statements

  private mutating func visit(_ statements: [Statement]) { for statement in statements { visit(statement) } }

  private mutating func visit(_ block: Block) {
    scopes.append([:])
    visit(block.statements)
    scopes.removeLast()
  }

  private mutating func visit(_ statement: Statement) {
    switch statement.kind {
    case .expression(let expression), .discard(let expression): _ = type(expression)
    case .assignVariable(let assignment): visit(assignment)
    case .assignMap(let map, let operation, let value):
      var result = type(value)
      visitKeys(map)
      let known = values[map.name.text] ?? .unknown
      if case .compound(let operation) = operation {
        let current = known == .unknown ? .int64 : known
        result = Self.arithmetic(operation, current, nil, result, Self.literal(value))
      }
      if case .call(let call) = value.kind, OracleAggregation.Function(rawValue: call.name.text) != nil {
        values[map.name.text] = known.joined(with: result)
      } else {
        values[map.name.text] = known.joined(with: Self.widened(result.copied))
      }
    case .declareVariable(let declaration): declare(declaration.name, declaration.type)
    case .ifElse(let condition, let then, let otherwise):
      _ = type(condition)
      visit(then)
      if let otherwise { visit(otherwise) }
    case .whileLoop(let condition, let body):
      _ = type(condition)
      visit(body)
    case .forMap(let variable, let map, let body):
      let key = keys[map.name.text] ?? .unknown, value = values[map.name.text] ?? .unknown
      visitLoop(variable, .tuple([key, value.copied]), body)
    case .forRange(let variable, let from, let to, let body):
      _ = (type(from), type(to))
      visitLoop(variable, .int64, body)
    case .unroll(let count, let body):
      _ = type(count)
      visit(body)
    case .breakLoop, .continueLoop: break
    case .returnValue(let value): if let value { _ = type(value) }
    case .block(let block): visit(block)
    }
  }

  private mutating func visitLoop(_ variable: Name, _ type: OracleType, _ body: Block) {
    scopes.append([variable.text: variable.span])
    variables[variable.span] = type
    visit(body)
    scopes.removeLast()
  }

  private mutating func visit(_ assignment: VariableAssignment) {
    var result = type(assignment.value)
    let name = assignment.name
    if assignment.isDeclaration { declare(name, assignment.type) }
    let known = use(name.text, at: name.span)
    let declaration = known ?? name.span
    if known == nil {
      scopes[scopes.count - 1][name.text] = name.span
      declarations[name.span] = name.span
    }
    if declared.contains(declaration) { return }
    let current = variables[declaration] ?? .unknown
    if case .compound(let operation) = assignment.operation {
      result = Self.arithmetic(operation, current, nil, result, Self.literal(assignment.value))
    }
    variables[declaration] = current.joined(with: result.copied)
  }

  private mutating func declare(_ name: Name, _ type: TypeName?) {
    scopes[scopes.count - 1][name.text] = name.span
    declarations[name.span] = name.span
    guard let type else { return }
    variables[name.span] = Self.named(type)
    declared.insert(name.span)
  }

  private mutating func use(_ name: String, at span: SourceSpan) -> SourceSpan? {
    for scope in scopes.reversed() {
      if let declaration = scope[name] {
        declarations[span] = declaration
        return declaration
      }
    }
    return nil
  }

  // MARK: Maps

  private mutating func visitKeys(_ map: MapReference) {
    guard !map.keys.isEmpty else { return }
    let types = map.keys.map { Self.widened(type($0).copied) }
    let key = types.count == 1 ? types[0] : .tuple(types)
    keys[map.name.text] = (keys[map.name.text] ?? .unknown).joined(with: key)
  }

  /// Integers of keys and values are kept in 64 bits.
  private static func widened(_ type: OracleType) -> OracleType {
    if case .integer(_, let isSigned) = type { .integer(bits: 64, isSigned: isSigned) } else { type }
  }
}
