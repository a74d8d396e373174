import Diagnostics
import TraceLanguage

/// Finds the variables that a loop's body shares with what is around it.
///
/// Such a body is a function of its own in the program, so that these variables have to live in memory. The verifier
/// does not follow what map values hold, which is what keeps it from unrolling the loop in its mind.
struct VariableCapture {
  private var scopes: [(names: [String: SourceSpan], depth: Int)] = []
  private var depths: [SourceSpan: Int] = [:]
  private var depth = 0
  private var captured: Set<SourceSpan> = []

  /// The places where captured variables are declared.
  static func captured(in probe: Probe) -> Set<SourceSpan> {
    var walk = VariableCapture()
    if let predicate = probe.predicate { walk.visit(predicate) }
    walk.visit(probe.body)
    return walk.captured
  }

  private mutating func declare(_ name: Name) {
    guard !scopes.isEmpty else { return }
    scopes[scopes.count - 1].names[name.text] = name.span
    depths[name.span] = depth
  }

  private func find(_ name: String) -> SourceSpan? {
    for scope in scopes.reversed() {
      if let span = scope.names[name] { return span }
    }
    return nil
  }

  private mutating func use(_ name: String) {
    guard let span = find(name), let declared = depths[span], declared < depth else { return }
    captured.insert(span)
  }

  private mutating func visit(_ block: Block) {
    scopes.append(([:], depth))
    for statement in block.statements { visit(statement) }
    scopes.removeLast()
  }

  private mutating func inLoop(_ body: (inout VariableCapture) -> Void) {
    depth += 1
    scopes.append(([:], depth))
    body(&self)
    scopes.removeLast()
    depth -= 1
  }

  private mutating func visit(_ statement: Statement) {
    switch statement.kind {
    case .expression(let value), .discard(let value): visit(value)
    case .assignVariable(let assignment):
      visit(assignment.value)
      if assignment.isDeclaration || find(assignment.name.text) == nil {
        declare(assignment.name)
      } else {
        use(assignment.name.text)
      }
    case .assignMap(let map, _, let value):
      for key in map.keys { visit(key) }
      visit(value)
    case .declareVariable(let declaration): declare(declaration.name)
    case .ifElse(let condition, let then, let otherwise):
      visit(condition)
      visit(then)
      if let otherwise { visit(otherwise) }
    case .whileLoop(let condition, let body):
      inLoop { walk in
        walk.visit(condition)
        walk.visit(body)
      }
    case .forMap(let variable, _, let body):
      inLoop { walk in
        walk.declare(variable)
        walk.visit(body)
      }
    case .forRange(let variable, let from, let to, let body):
      visit(from)
      visit(to)
      inLoop { walk in
        walk.declare(variable)
        walk.visit(body)
      }
    case .unroll(_, let body): visit(body)
    case .breakLoop, .continueLoop: break
    case .returnValue(let value): if let value { visit(value) }
    case .block(let block): visit(block)
    }
  }

  private mutating func visit(_ expression: Expression) {
    switch expression.kind {
    case .variable(let name): use(name)
    case .block(let block): visit(block)
    case .ifElse(let condition, let then, let otherwise):
      visit(condition)
      visit(then)
      visit(otherwise)
    default: for child in expression.children { visit(child) }
    }
  }

  private mutating func visit(_ block: BlockExpression) {
    scopes.append(([:], depth))
    for statement in block.statements { visit(statement) }
    if let value = block.value { visit(value) }
    scopes.removeLast()
  }
}
