import Diagnostics

/// Blocks and what stands in them.
extension Parser {
  mutating func parseBlock() throws(Failure) -> Block { Self.folded(try parseBlockExpression()) }

  /// `{ statements value }`; the value is the last expression when no `;` follows it.
  mutating func parseBlockExpression() throws(Failure) -> BlockExpression {
    try enter()
    defer { leave() }
    let endedAtPredicate = endsAtPredicate
    endsAtPredicate = false
    defer { endsAtPredicate = endedAtPredicate }
    let open = try expect(.leftBrace)
    var statements: [Statement] = []
    while !cursor.take(.rightBrace) {
      if cursor.take(.semicolon) { continue }
      if cursor.token.kind == .endOfFile || isAtProbe {
        let failure = fail(.unclosedBrace(before: cursor.token, opened: open))
        throw failure == .statement ? .probe : failure
      }
      do {
        let item = try parseItem()
        if case .value(let value) = item, cursor.isAt(.rightBrace) {
          cursor.advance()
          return BlockExpression(statements, value: value, span: span(from: open))
        }
        statements.append(Self.folded(item))
        try endStatement(item)
      } catch .statement {
        recoverInBlock()
      }
    }
    return BlockExpression(statements, value: nil, span: span(from: open))
  }

  /// What stands in a block, before it is known whether it is the block's value.
  private enum Item {
    case statement(Statement)
    case value(Expression)

    /// Whether it ends in a brace, so that no `;` is needed.
    var endsInBrace: Bool {
      switch self {
      case .statement(let statement):
        switch statement.kind {
        case .ifElse, .whileLoop, .forMap, .forRange, .unroll, .block: true
        default: false
        }
      case .value(let expression):
        switch expression.kind {
        case .ifElse, .block: true
        default: false
        }
      }
    }
  }

  private mutating func endStatement(_ item: Item) throws(Failure) {
    if cursor.take(.semicolon) || item.endsInBrace || cursor.isAt(.rightBrace) { return }
    // The block tells what is missing there.
    if cursor.token.kind == .endOfFile || isAtProbe { return }
    // When the next token stands in another line, the place to mend is the end of this one.
    let end = SourceSpan(start: cursor.previousEnd, end: cursor.previousEnd, in: cursor.token.span.source)
    let between = SourceSpan(start: cursor.previousEnd, end: cursor.token.span.start, in: cursor.token.span.source)
    if cursor.lexer.text(from: between.start, to: between.end).contains("\n") {
      note(.missingSemicolon(at: end))
      return
    }
    if case .symbol(let symbol) = cursor.token.kind, symbol.assignmentOperator != nil {
      throw fail(.assignmentInExpression(at: cursor.token.span))
    }
    throw unexpected(expected: "';' or '}'")
  }

  /// Goes on behind the statement: at its `;`, or before the `}` that closes the block.
  private mutating func recoverInBlock() {
    var depth = 0
    while cursor.token.kind != .endOfFile {
      switch cursor.token.kind {
      case .symbol(.leftBrace): depth += 1
      case .symbol(.rightBrace):
        if depth == 0 { return }
        depth -= 1
        if depth == 0 {
          cursor.advance()
          return
        }
      case .symbol(.semicolon) where depth == 0:
        cursor.advance()
        return
      case .word where depth == 0 && isAtProbe:
        return
      default: break
      }
      cursor.advance()
    }
  }

  // MARK: Values as statements

  private static func folded(_ item: Item) -> Statement {
    switch item {
    case .statement(let statement): return statement
    case .value(let expression):
      switch expression.kind {
      case .ifElse(let condition, let then, let otherwise):
        return Statement(
          .ifElse(condition, then: folded(then), otherwise: folded(otherwise)), span: expression.span)
      case .block(let block):
        return Statement(.block(folded(block)), span: expression.span)
      default:
        return Statement(.expression(expression), span: expression.span)
      }
    }
  }

  /// The block whose value nobody wants.
  private static func folded(_ block: BlockExpression) -> Block {
    Block(block.statements + (block.value.map { [folded(.value($0))] } ?? []), span: block.span)
  }

  // MARK: Statements

  private mutating func parseItem() throws(Failure) -> Item {
    let start = cursor.token.span
    if case .word(let word) = cursor.token.kind, let statement = try parseKeywordStatement(word) { return statement }
    if cursor.isAt(.leftBrace) {
      let first = expressionCount
      let block = try parseBlockExpression()
      guard block.value != nil else { return .statement(Statement(.block(Self.folded(block)), span: block.span)) }
      return .value(try make(.block(block), block.span, aboveAllSince: first))
    }
    let expression = try parseExpression()
    guard case .symbol(let symbol) = cursor.token.kind, let operation = symbol.assignmentOperator else {
      return .value(expression)
    }
    switch expression.kind {
    case .variable(let name):
      cursor.advance()
      let value = try parseExpression()
      let assignment = VariableAssignment(
        name: Name(name, at: expression.span), operation: operation, value: value)
      return .statement(Statement(.assignVariable(assignment), span: span(from: start)))
    case .map(let map):
      cursor.advance()
      let value = try parseExpression()
      return .statement(Statement(.assignMap(map, operation, value), span: span(from: start)))
    case .identifier("_") where operation == .set:
      cursor.advance()
      return .statement(Statement(.discard(try parseExpression()), span: span(from: start)))
    default:
      throw fail(.notAssignable(at: expression.span))
    }
  }

  private mutating func parseKeywordStatement(_ word: String) throws(Failure) -> Item? {
    let start = cursor.token.span
    switch word {
    case "let": return .statement(try parseLet())
    case "if": return try parseIf()
    case "while":
      let condition = try parseCondition()
      let body = try parseBlock()
      return .statement(Statement(.whileLoop(condition, body: body), span: span(from: start)))
    case "unroll":
      cursor.advance()
      let count = try parseExpression()
      let body = try parseBlock()
      return .statement(Statement(.unroll(count, body: body), span: span(from: start)))
    case "for": return .statement(try parseFor())
    case "break":
      cursor.advance()
      return .statement(Statement(.breakLoop, span: start))
    case "continue":
      cursor.advance()
      return .statement(Statement(.continueLoop, span: start))
    case "return":
      cursor.advance()
      let isBare = cursor.isAt(.semicolon) || cursor.isAt(.rightBrace)
      let value = isBare ? nil : try parseExpression()
      return .statement(Statement(.returnValue(value), span: span(from: start)))
    default: return nil
    }
  }

  private mutating func parseLet() throws(Failure) -> Statement {
    let start = cursor.token.span
    cursor.advance()
    if case .map = cursor.token.kind {
      throw fail(.mapDeclarationInBlock(at: span(from: start).union(cursor.token.span)))
    }
    let name = try expectVariable(hints: ["as in let $x = 1; or let $x: uint64;"])
    let type = cursor.take(.colon) ? try parseTypeName() : nil
    guard cursor.take(.assign) else {
      return Statement(.declareVariable(VariableDeclaration(name: name, type: type)), span: span(from: start))
    }
    let value = try parseExpression()
    let assignment = VariableAssignment(name: name, value: value, isDeclaration: true, type: type)
    return Statement(.assignVariable(assignment), span: span(from: start))
  }

  /// What stands between `if` or `while` and the `{`.
  private mutating func parseCondition() throws(Failure) -> Expression {
    cursor.advance()
    let condition = try parseExpression()
    // To the grammar (x = 1) is a record of one field.
    if case .record(let fields) = condition.kind, let first = fields.first {
      throw fail(.assignmentInExpression(at: first.name.span.union(first.value.span)))
    }
    if case .symbol(let symbol) = cursor.token.kind, symbol.assignmentOperator != nil {
      throw fail(.assignmentInExpression(at: cursor.token.span))
    }
    guard cursor.isAt(.leftBrace) else {
      throw unexpected(expected: "'{'", hints: ["what depends on it always stands in braces: if (…) { … } else { … }"])
    }
    return condition
  }

  /// `if c { … } else …`, a value when both branches have one.
  private mutating func parseIf() throws(Failure) -> Item {
    try enter()
    defer { leave() }
    let start = cursor.token.span
    let first = expressionCount
    let condition = try parseCondition()
    let then = try parseBlockExpression()
    var otherwise: BlockExpression?
    if cursor.take(word: "else") {
      if cursor.isAt(word: "if") {
        let inner = cursor.token.span
        switch try parseIf() {
        case .value(let value): otherwise = BlockExpression([], value: value, span: span(from: inner))
        case .statement(let statement): otherwise = BlockExpression([statement], value: nil, span: span(from: inner))
        }
      } else {
        otherwise = try parseBlockExpression()
      }
    }
    if then.value != nil, let otherwise, otherwise.value != nil {
      let kind = Expression.Kind.ifElse(condition, then: then, otherwise: otherwise)
      return .value(try make(kind, span(from: start), aboveAllSince: first))
    }
    return .statement(
      Statement(
        .ifElse(condition, then: Self.folded(then), otherwise: otherwise.map(Self.folded)), span: span(from: start)))
  }

  /// `if` where a value is wanted.
  mutating func parseIfExpression() throws(Failure) -> Expression {
    switch try parseIf() {
    case .value(let expression): return expression
    case .statement(let statement): throw fail(.noBlockValue(at: statement.span))
    }
  }

  private mutating func parseFor() throws(Failure) -> Statement {
    let start = cursor.token.span
    let hints = ["for ($kv : @map) { … } or for ($i : 0..10) { … }"]
    cursor.advance()
    let isParenthesised = cursor.take(.leftParenthesis)
    let variable = try expectVariable(hints: hints)
    try expect(.colon, hints: hints)
    let subject = try parseExpression()
    let end = cursor.take(.range) ? try parseExpression() : nil
    if isParenthesised { try expect(.rightParenthesis, hints: hints) }
    if let end {
      let body = try parseBlock()
      return Statement(.forRange(variable: variable, from: subject, to: end, body: body), span: span(from: start))
    }
    guard case .map(let map) = subject.kind else { throw fail(.notALoopRange(at: subject.span)) }
    guard map.keys.isEmpty else { throw fail(.keyedMapInLoop(map.name.text, at: subject.span)) }
    let body = try parseBlock()
    return Statement(.forMap(variable: variable, map: map, body: body), span: span(from: start))
  }
}
