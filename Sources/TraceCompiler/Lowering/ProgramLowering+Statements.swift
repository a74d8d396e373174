import Bytecode
import Diagnostics
import TraceLanguage

extension ProgramLowering {
  mutating func lower(_ statements: [Statement]) {
    for statement in statements where builder.isReachable { lower(statement) }
  }

  /// Writes a block: its variables and its scratch memory end with it.
  mutating func lowerBlock(_ block: Block) {
    inScope { $0.lower(block.statements) }
  }

  mutating func inScope(_ body: (inout ProgramLowering) -> Void) {
    let mark = temporaryMark
    scopes.append([:])
    inRegion(body)
    scopes.removeLast()
    releaseTemporaries(to: mark)
  }

  private mutating func lower(_ statement: Statement) {
    builder.span = statement.span
    let mark = temporaryMark
    switch statement.kind {
    case .expression(let expression): lowerForEffect(expression)
    case .discard(let expression): lowerForEffect(expression)
    case .assignVariable(let assignment): lower(assignment)
    case .assignMap(let map, let operation, let value): lowerAssignment(to: map, operation, value)
    case .declareVariable(let declaration):
      declare(declaration.name)
      zeroVariable(at: declaration.name.span)
    case .ifElse(let condition, let then, let otherwise): lowerIf(condition, then, otherwise)
    case .whileLoop(let condition, let body): lowerWhile(condition, body)
    case .forMap(let variable, let map, let body): lowerForMap(variable, map, body)
    case .forRange(let variable, let from, let to, let body): lowerForRange(variable, from, to, body)
    case .unroll(let count, let body): lowerUnroll(count, body)
    case .breakLoop: lowerLeavingLoop(isBreak: true)
    case .continueLoop: lowerLeavingLoop(isBreak: false)
    case .returnValue(let value):
      if let value { lowerForEffect(value) }
      lowerReturn()
    case .block(let block): lowerBlock(block)
    }
    // The memory of a variable outlives the statement that declares it.
    if !statement.kind.declares { releaseTemporaries(to: mark) }
  }

  /// Evaluates an expression and forgets its value.
  mutating func lowerForEffect(_ expression: Expression) {
    builder.span = expression.span
    let mark = temporaryMark
    defer { releaseTemporaries(to: mark) }
    switch expression.kind {
    case .call(let call):
      if let function = BuiltinFunction(rawValue: call.name.text), function.hasEffect {
        lowerEffect(function, call.arguments, expression)
        return
      }
    case .unary(let operation, let operand) where operation.isUpdate:
      if case .map(let map) = operand.kind {
        lowerMapUpdate(map, by: operation.isDecrement ? -1 : 1)
        return
      }
    default: break
    }
    lowerDiscarded(expression)
  }

  mutating func lowerDiscarded(_ expression: Expression) {
    let type = self.type(of: expression)
    if type == .void || type == .unknown { return }
    if type.stored.isScalar {
      _ = lowerScalar(expression)
    } else {
      lower(expression, into: temporary(byteCount: layout(of: type.stored).byteCount), as: type.stored)
    }
  }

  // MARK: Conditions

  private mutating func lowerIf(_ condition: Expression, _ then: Block, _ otherwise: Block?) {
    let thenBlock = builder.createBlock(), end = builder.createBlock()
    let otherwiseBlock = otherwise == nil ? end : builder.createBlock()
    lowerBranch(on: condition, then: thenBlock, otherwise: otherwiseBlock)
    builder.seal(thenBlock)
    builder.move(to: thenBlock)
    lowerBlock(then)
    builder.jump(end)
    if let otherwise {
      builder.seal(otherwiseBlock)
      builder.move(to: otherwiseBlock)
      lowerBlock(otherwise)
      builder.jump(end)
    }
    builder.seal(end)
    builder.move(to: end)
  }

  private mutating func lowerUnroll(_ count: Expression, _ body: Block) {
    let end = builder.createBlock()
    for _ in 0..<max(0, Int(clamping: constantInteger(count) ?? 0)) {
      let next = builder.createBlock()
      loops.append(LoopFrame(kind: .inline(next: next, end: end)))
      lowerBlock(body)
      loops.removeLast()
      builder.jump(next)
      builder.seal(next)
      builder.move(to: next)
    }
    builder.jump(end)
    builder.seal(end)
    builder.move(to: end)
  }

  // MARK: Variables

  mutating func declare(_ name: Name) {
    scopes[scopes.count - 1][name.text] = name.span
    let type = (body.variables[name.span] ?? .int64).stored
    if type.isScalar, !captured.contains(name.span), !assembly.options.hidesValuesFromVerifier {
      storage[name.span] = .register(builder.declareVariable())
    } else {
      storage[name.span] = .memory(offset: scratchLocation(byteCount: layout(of: type).byteCount).offset)
    }
  }

  /// The type of the variable declared at `declaration`.
  func variableType(_ declaration: SourceSpan) -> ValueType { (body.variables[declaration] ?? .int64).stored }

  func declaration(of variable: String) -> SourceSpan? {
    for scope in scopes.reversed() {
      if let declaration = scope[variable] { return declaration }
    }
    return nil
  }

  private mutating func zeroVariable(at declaration: SourceSpan) {
    switch storage[declaration] {
    case .register(let variable)?:
      let zero = builder.constant(0)
      builder.write(variable, zero)
    case .memory(let offset)?:
      let base = scratchBase()
      builder.zero(
        Location(base: base, offset: offset),
        byteCount: StorageLayout.roundedUp(layout(of: variableType(declaration)).byteCount))
    case nil: break
    }
  }

  mutating func readVariable(_ declaration: SourceSpan) -> SSAValue {
    switch storage[declaration] {
    case .register(let variable)?: return builder.read(variable)
    case .memory(let offset)?:
      let base = scratchBase()
      return builder.load(.doubleWord, Location(base: base, offset: offset))
    case nil: return builder.constant(0)
    }
  }

  mutating func writeVariable(_ declaration: SourceSpan, _ value: SSAValue) {
    switch storage[declaration] {
    case .register(let variable)?: builder.write(variable, value)
    case .memory(let offset)?:
      let base = scratchBase()
      builder.store(.doubleWord, Location(base: base, offset: offset), value)
    case nil: break
    }
  }

  private mutating func lower(_ assignment: VariableAssignment) {
    let name = assignment.name
    let known = assignment.isDeclaration ? nil : declaration(of: name.text)
    if let known {
      assign(assignment, to: known)
    } else if variableType(name.span).isScalar {
      // The value is evaluated before the variable is there: it cannot be its own operand.
      let mark = temporaryMark
      let value = lowerAssigned(assignment.value, to: variableType(name.span))
      releaseTemporaries(to: mark)
      declare(name)
      writeVariable(name.span, value)
    } else {
      declare(name)
      assign(assignment, to: name.span)
    }
  }

  private mutating func assign(_ assignment: VariableAssignment, to declaration: SourceSpan) {
    let type = variableType(declaration)
    let mark = temporaryMark
    defer { releaseTemporaries(to: mark) }
    guard type.isScalar else {
      guard case .memory(let offset)? = storage[declaration] else { return }
      // The value may read what is overwritten.
      if assignment.value.mentions(variable: assignment.name.text) {
        let byteCount = StorageLayout.roundedUp(layout(of: type).byteCount)
        let temporary = temporary(byteCount: byteCount)
        lower(assignment.value, into: temporary, as: type)
        let base = scratchBase()
        builder.copy(to: Location(base: base, offset: offset), from: temporary, byteCount: byteCount)
      } else {
        let base = scratchBase()
        lower(assignment.value, into: Location(base: base, offset: offset), as: type)
      }
      return
    }
    switch assignment.operation {
    case .set: writeVariable(declaration, lowerAssigned(assignment.value, to: type))
    case .compound(let operation):
      // As in `$x = $x + value`.
      let left = readVariable(declaration)
      let right = lowerScalar(assignment.value)
      let result = lowerBinary(
        operation, left, type, nil, right, self.type(of: assignment.value), constantInteger(assignment.value))
      writeVariable(declaration, kept(result, as: type))
    }
  }

  /// A scalar as a variable of that type keeps it.
  private mutating func lowerAssigned(_ expression: Expression, to type: ValueType) -> SSAValue {
    let value = lowerScalar(expression)
    guard case .integer(let integer) = type, let own = self.type(of: expression).arithmeticType,
      constantInteger(expression) == nil, integer.union(own) != integer
    else { return value }
    return extended(value, to: integer)
  }

  /// The result of arithmetic as a variable keeps it: one that the script made small does not grow.
  mutating func kept(_ value: SSAValue, as type: ValueType) -> SSAValue {
    if case .integer(let integer) = type { extended(value, to: integer) } else { value }
  }
}

extension Statement.Kind {
  /// Whether a variable may come to be by it that lives on behind it.
  fileprivate var declares: Bool {
    switch self {
    case .assignVariable, .declareVariable: true
    default: false
    }
  }
}

extension UnaryOperator {
  var isDecrement: Bool { self == .preDecrement || self == .postDecrement }
}

extension Expression {
  /// Whether the variable stands somewhere in it.
  func mentions(variable name: String) -> Bool {
    var found = false
    SyntaxWalk.expressions(of: self) { expression in
      if case .variable(name) = expression.kind { found = true }
    }
    return found
  }
}
