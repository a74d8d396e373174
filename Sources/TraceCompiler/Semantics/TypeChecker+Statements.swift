import Diagnostics
import TraceLanguage

extension TypeChecker {
  mutating func check(_ statements: [Statement]) {
    var returned = false
    for statement in statements {
      if returned {
        diagnostics.report(.unreachable(at: statement.span))
        returned = false
      }
      check(statement)
      switch statement.kind {
      case .returnValue, .breakLoop, .continueLoop: returned = true
      default: break
      }
    }
  }

  mutating func checkBlock(_ block: Block) {
    scopes.append([:])
    check(block.statements)
    scopes.removeLast()
  }

  private mutating func check(_ statement: Statement) {
    switch statement.kind {
    case .expression(let expression): checkStatementExpression(expression)
    case .discard(let expression): _ = type(of: expression)
    case .assignVariable(let assignment): check(assignment, at: statement.span)
    case .assignMap(let map, let operation, let value):
      checkAssignment(to: map, operation, value, at: statement.span)
    case .declareVariable(let declaration):
      declare(declaration.name, type: declaration.type.map { resolve($0) } ?? .unknown, isAssigned: false)
    case .ifElse(let condition, let then, let otherwise):
      checkCondition(condition)
      checkBlock(then)
      if let otherwise { checkBlock(otherwise) }
    case .whileLoop(let condition, let body):
      checkCondition(condition)
      checkLoopBody(body)
    case .forMap(let variable, let map, let body): checkForMap(variable, map, body)
    case .forRange(let variable, let from, let to, let body):
      for bound in [from, to] { requireInteger(bound, role: "a range's bound") }
      scopes.append([:])
      declare(variable, type: .int64, isAssigned: true, isConstant: true)
      checkLoopBody(body)
      scopes.removeLast()
    case .unroll(let count, let body):
      let value = constantInteger(count)
      if value == nil, type(of: count) != .unknown { diagnostics.report(.unrollNeedsConstant(at: count.span)) }
      if let value, value < 1 || value > 100 { diagnostics.report(.unrollOutOfRange(value, at: count.span)) }
      checkLoopBody(body)
    case .breakLoop, .continueLoop:
      if loopDepth == 0 { diagnostics.report(.outsideLoop(statement.kind.keyword, at: statement.span)) }
    case .returnValue(let value):
      if let value { requireInteger(value, role: "a probe's result") }
    case .block(let block): checkBlock(block)
    }
  }

  private mutating func checkLoopBody(_ body: Block) {
    loopDepth += 1
    checkBlock(body)
    loopDepth -= 1
  }

  private mutating func checkStatementExpression(_ expression: Expression) {
    let type = self.type(of: expression)
    switch expression.kind {
    case .unary(let operation, _) where operation.isUpdate: return
    case .call(let call):
      guard let function = BuiltinFunction(rawValue: call.name.text) else { return }
      if function.isAggregation {
        diagnostics.report(.aggregationNeedsMap(function.rawValue, at: expression.span))
      } else if !function.hasEffect, type != .unknown {
        diagnostics.report(.returnValueDiscarded(at: expression.span))
      }
    case .ifElse, .block: return
    default:
      if type != .unknown { diagnostics.report(.returnValueDiscarded(at: expression.span)) }
    }
  }

  // MARK: Variables

  private mutating func declare(_ name: Name, type: ValueType, isAssigned: Bool, isConstant: Bool = false) {
    if let known = variable(named: name.text) {
      diagnostics.report(.variableRedeclared(name, at: name.span, first: known.declaration))
      return
    }
    if type != .unknown { _ = joinVariableType(at: name.span, with: type) }
    let variable = Variable(
      type: variableTypes[name.span] ?? type, declaration: name.span, isAssigned: isAssigned,
      isTyped: type != .unknown, isConstant: isConstant)
    scopes[scopes.count - 1][name.text] = variable
  }

  private mutating func check(_ assignment: VariableAssignment, at span: SourceSpan) {
    let name = assignment.name
    let valueType = type(of: assignment.value)
    if assignment.isDeclaration {
      declare(name, type: assignment.type.map { resolve($0) } ?? .unknown, isAssigned: false)
    }
    var target = variable(named: name.text)
    if case .compound(let operation) = assignment.operation {
      guard let target, target.isAssigned || target.type != .unknown else {
        diagnostics.report(.undefinedVariable(name.text, at: name.span))
        return
      }
      let result = binaryType(operation, target.type, valueType, nil, assignment.value, at: span)
      if target.isTyped, result.arithmeticType != nil, target.type.arithmeticType != nil { return }
      assign(result, of: nil, to: target, name: name, at: span)
      return
    }
    switch valueType {
    case .void, .arguments:
      diagnostics.report(.notAValue(valueType, at: assignment.value.span, catalog))
      return
    case .aggregation(let aggregation) where isAggregationCall(assignment.value):
      diagnostics.report(.aggregationNeedsMap(aggregation.functionName, at: assignment.value.span))
      return
    case .aggregation(let aggregation) where !aggregation.isNumeric:
      diagnostics.report(.aggregationCopied(aggregation.functionName, at: assignment.value.span))
      return
    default: break
    }
    if target == nil {
      let declared = Variable(
        type: variableTypes[name.span] ?? .unknown, declaration: name.span, isAssigned: false)
      scopes[scopes.count - 1][name.text] = declared
      target = declared
    }
    if let target { assign(valueType.stored, of: assignment.value, to: target, name: name, at: span) }
  }

  private mutating func assign(
    _ type: ValueType, of value: Expression?, to variable: Variable, name: Name, at span: SourceSpan
  ) {
    var variable = variable
    if variable.isConstant {
      diagnostics.report(.loopVariableAssigned(name.text, at: span))
      return
    }
    if variable.isTyped {
      let constant = value.flatMap { constantInteger($0) }
      if let held = variable.type.holding(type, constant: constant) {
        variableTypes[variable.declaration] = held
        variable.type = held
        variable.isAssigned = true
        setVariable(named: name.text, variable)
      } else {
        diagnostics.report(.variableTypeMismatch(name.text, expected: variable.type, found: type, at: span, catalog))
      }
      return
    }
    guard let joined = joinVariableType(at: variable.declaration, with: type) else {
      diagnostics.report(.variableTypeMismatch(name.text, expected: variable.type, found: type, at: span, catalog))
      return
    }
    variable.type = joined
    variable.isAssigned = true
    setVariable(named: name.text, variable)
  }

  func isAggregationCall(_ expression: Expression) -> Bool {
    if case .call(let call) = expression.kind {
      return BuiltinFunction(rawValue: call.name.text)?.isAggregation ?? false
    }
    return false
  }

  // MARK: Maps

  private mutating func checkAssignment(
    to map: TraceLanguage.MapReference, _ operation: AssignmentOperator, _ value: Expression, at span: SourceSpan
  ) {
    let valueType = type(of: value)
    unifyKey(of: map)
    if case .compound(let operation) = operation {
      let facts = mapFacts(map)
      let current = facts.value == .unknown ? ValueType.int64 : facts.value
      if case .aggregation(let aggregation) = current {
        diagnostics.report(.aggregationUpdated(map.name.text, aggregation.functionName, at: span))
        return
      }
      let result = binaryType(operation, current, valueType, nil, value, at: span)
      unifyValue(of: map, with: result, at: span)
      return
    }
    switch valueType {
    case .void, .arguments:
      diagnostics.report(.notAValue(valueType, at: value.span, catalog))
    case .aggregation where isAggregationCall(value): unifyValue(of: map, with: valueType, at: span)
    case .aggregation(let aggregation) where !aggregation.isNumeric:
      diagnostics.report(.aggregationCopied(aggregation.functionName, at: value.span))
    default: unifyValue(of: map, with: valueType.stored, at: span)
    }
  }

  private mutating func checkForMap(_ variable: Name, _ map: TraceLanguage.MapReference, _ body: Block) {
    var facts = mapFacts(map)
    facts.isRead = true
    maps[map.name.text] = facts
    if !map.keys.isEmpty || facts.isKeyed == false {
      diagnostics.report(.loopNeedsKeyedMap(map.name.text, at: map.span))
      return
    }
    var element = ValueType.unknown
    if facts.isKeyed == true, facts.value != .unknown {
      if case .aggregation(let aggregation) = facts.value, !aggregation.isNumeric {
        diagnostics.report(.loopOverHistogram(map.name.text, aggregation.functionName, at: map.span))
        return
      }
      element = .tuple([facts.key, facts.value.stored])
    } else {
      diagnostics.report(.undefinedMap(map.name.text, at: map.name.span))
    }
    scopes.append([:])
    if !element.isIncomplete { variableTypes[variable.span] = element }
    scopes[scopes.count - 1][variable.text] = Variable(
      type: element, declaration: variable.span, isAssigned: true, isConstant: true)
    checkLoopBody(body)
    scopes.removeLast()
  }

  // MARK: Conditions

  /// Checks an expression that decides something, and gives its type.
  @discardableResult
  mutating func checkCondition(_ condition: Expression) -> ValueType {
    let type = self.type(of: condition)
    switch type {
    case .unknown: break
    case let type where type.isNumeric || type.isScalar: break
    default: diagnostics.report(.notACondition(type, at: condition.span, catalog))
    }
    return type
  }

  mutating func requireInteger(_ expression: Expression, role: String) {
    let type = self.type(of: expression)
    if type != .unknown, type.arithmeticType == nil {
      diagnostics.report(.needsInteger(role, found: type, at: expression.span, catalog))
    }
  }
}

extension Statement.Kind {
  /// The word that the statement begins with, for messages.
  var keyword: String {
    switch self {
    case .breakLoop: "break"
    case .continueLoop: "continue"
    default: "statement"
    }
  }
}
