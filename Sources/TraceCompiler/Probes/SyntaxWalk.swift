import TraceLanguage

/// Goes through every expression below a piece of syntax, outer ones first.
///
/// What `sizeof`, `offsetof` and `typeof` look at is not evaluated and therefore not visited.
enum SyntaxWalk {
  static func expressions(of probe: Probe, _ visit: (Expression) -> Void) {
    if let predicate = probe.predicate { expressions(of: predicate, visit) }
    expressions(of: probe.body.statements, visit)
  }

  static func expressions(of statements: [Statement], _ visit: (Expression) -> Void) {
    for statement in statements { expressions(of: statement, visit) }
  }

  static func expressions(of statement: Statement, _ visit: (Expression) -> Void) {
    switch statement.kind {
    case .expression(let value), .discard(let value): expressions(of: value, visit)
    case .assignVariable(let assignment): expressions(of: assignment.value, visit)
    case .assignMap(let map, _, let value):
      for key in map.keys { expressions(of: key, visit) }
      expressions(of: value, visit)
    case .declareVariable, .breakLoop, .continueLoop: break
    case .ifElse(let condition, let then, let otherwise):
      expressions(of: condition, visit)
      expressions(of: then.statements, visit)
      if let otherwise { expressions(of: otherwise.statements, visit) }
    case .whileLoop(let condition, let body), .unroll(let condition, let body):
      expressions(of: condition, visit)
      expressions(of: body.statements, visit)
    case .forMap(_, let map, let body):
      for key in map.keys { expressions(of: key, visit) }
      expressions(of: body.statements, visit)
    case .forRange(_, let from, let to, let body):
      expressions(of: from, visit)
      expressions(of: to, visit)
      expressions(of: body.statements, visit)
    case .returnValue(let value): if let value { expressions(of: value, visit) }
    case .block(let block): expressions(of: block.statements, visit)
    }
  }

  static func expressions(of expression: Expression, _ visit: (Expression) -> Void) {
    visit(expression)
    switch expression.kind {
    case .ifElse(let condition, let then, let otherwise):
      expressions(of: condition, visit)
      expressions(of: then, visit)
      expressions(of: otherwise, visit)
    case .block(let block): expressions(of: block, visit)
    default: for child in expression.children { expressions(of: child, visit) }
    }
  }

  private static func expressions(of block: BlockExpression, _ visit: (Expression) -> Void) {
    expressions(of: block.statements, visit)
    if let value = block.value { expressions(of: value, visit) }
  }
}

extension Expression {
  /// The expressions directly below, but for those in blocks.
  var children: [Expression] {
    switch kind {
    case .integer, .string, .boolean, .positionalParameter, .parameterCount, .identifier, .variable, .type, .sizeOf,
      .offsetOf, .typeInfo, .ifElse, .block:
      []
    case .map(let map): map.keys
    case .call(let call): call.arguments
    case .member(let base, _, _), .tupleElement(let base, _, _), .unary(_, let base), .cast(_, let base),
      .comptime(let base):
      [base]
    case .element(let base, let index): [base, index]
    case .binary(_, let left, let right), .logical(_, let left, let right), .elvis(let left, let right): [left, right]
    case .conditional(let condition, let then, let otherwise): [condition, then, otherwise]
    case .tuple(let elements): elements
    case .record(let fields): fields.map(\.value)
    }
  }
}
