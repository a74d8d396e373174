import Diagnostics

/// Expressions, from the loosest operators down to what stands behind an operand.
extension Parser {
  mutating func parseExpression() throws(Failure) -> Expression {
    try enter()
    defer { leave() }
    let condition = try parseBinary(from: 0)
    guard cursor.take(.question) else { return condition }
    if cursor.take(.colon) {
      let otherwise = try parseExpression()
      return try make(
        .elvis(condition, otherwise: otherwise), condition.span.union(otherwise.span), above: [condition, otherwise])
    }
    let then = try parseExpression()
    try expect(.colon, hints: ["a choice is written condition ? one : other"])
    let otherwise = try parseExpression()
    return try make(
      .conditional(condition, then: then, otherwise: otherwise), condition.span.union(otherwise.span),
      above: [condition, then, otherwise])
  }

  private mutating func parseBinary(from level: Int) throws(Failure) -> Expression {
    var left = try parseUnary()
    while case .symbol(let symbol) = cursor.token.kind, let next = symbol.binaryLevel, next >= level {
      if symbol == .slash, endsAtPredicate, [.symbol(.leftBrace), .endOfFile].contains(cursor.peek().kind) { break }
      cursor.advance()
      try enter()
      defer { leave() }
      let right = try parseBinary(from: next + 1)
      let kind: Expression.Kind
      if let operation = BinaryOperator(rawValue: symbol.rawValue) {
        kind = .binary(operation, left, right)
      } else if let operation = LogicalOperator(rawValue: symbol.rawValue) {
        kind = .logical(operation, left, right)
      } else {
        throw unexpected(expected: "an operator")
      }
      left = try make(kind, left.span.union(right.span), above: [left, right])
    }
    return left
  }

  private static let prefixOperators: [Symbol: UnaryOperator] = [
    .exclamation: .not, .tilde: .complement, .minus: .negate, .star: .dereference, .ampersand: .addressOf,
    .plusPlus: .preIncrement, .minusMinus: .preDecrement,
  ]

  mutating func parseUnary() throws(Failure) -> Expression {
    let start = cursor.token.span
    guard case .symbol(let symbol) = cursor.token.kind else { return try parsePostfix(of: try parsePrimary()) }
    if symbol == .leftParenthesis {
      guard let type = try parseCastType() else { return try parsePostfix(of: try parsePrimary()) }
      try enter()
      defer { leave() }
      let operand = try parseUnary()
      return try make(.cast(type, operand), span(from: start), above: [operand])
    }
    guard let operation = Self.prefixOperators[symbol] else { return try parsePostfix(of: try parsePrimary()) }
    cursor.advance()
    try enter()
    defer { leave() }
    let operand = try parseUnary()
    return try makeUnary(operation, operand, span: span(from: start))
  }

  private mutating func makeUnary(
    _ operation: UnaryOperator, _ operand: Expression, span: SourceSpan
  ) throws(Failure) -> Expression {
    if operation.isUpdate {
      switch operand.kind {
      case .variable, .map: break
      default: throw fail(.notCountable(operation.spelling, at: span))
      }
    }
    return try make(.unary(operation, operand), span, above: [operand])
  }

  private mutating func parsePostfix(of operand: Expression) throws(Failure) -> Expression {
    var base = operand
    while case .symbol(let symbol) = cursor.token.kind {
      switch symbol {
      case .plusPlus, .minusMinus:
        cursor.advance()
        base = try makeUnary(
          symbol == .plusPlus ? .postIncrement : .postDecrement, base, span: span(from: operand.span))
      case .dot: base = try parseMember(of: base, .dot, from: operand.span)
      case .arrow: base = try parseMember(of: base, .arrow, from: operand.span)
      case .leftBracket:
        cursor.advance()
        let index = try parseNestedExpression()
        try expect(.rightBracket)
        base = try make(.element(base, index: index), span(from: operand.span), above: [base, index])
      default: return base
      }
    }
    return base
  }

  private mutating func parseMember(
    of base: Expression, _ access: MemberAccess, from start: SourceSpan
  ) throws(Failure) -> Expression {
    cursor.advance()
    let span = cursor.token.span
    switch cursor.token.kind {
    case .word(let word):
      cursor.advance()
      return try make(.member(base, access, Name(word, at: span)), self.span(from: start), above: [base])
    case .integer(let literal) where access == .dot:
      if case .integer = base.kind { throw fail(.floatingPoint(at: start.union(span))) }
      // Only plain digits count elements: 0x1 and 1s would be misleading.
      guard let index = Int(exactly: literal.value), cursor.lexer.text(from: span.start, to: span.end) == String(index)
      else {
        throw unexpected(expected: "an element's number", hints: ["elements of a tuple count from 0: $t.0, $t.1"])
      }
      cursor.advance()
      return try make(.tupleElement(base, index, indexSpan: span), self.span(from: start), above: [base])
    default:
      throw unexpected(expected: "a field's name")
    }
  }

  /// An expression between brackets or parentheses, where a `/` is always a division.
  mutating func parseNestedExpression() throws(Failure) -> Expression {
    let outer = endsAtPredicate
    endsAtPredicate = false
    defer { endsAtPredicate = outer }
    return try parseExpression()
  }
}
