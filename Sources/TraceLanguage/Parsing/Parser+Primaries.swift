import Diagnostics

/// Operands: literals, names, calls, and what stands in parentheses.
extension Parser {
  mutating func parsePrimary() throws(Failure) -> Expression {
    let token = cursor.token
    let kind: Expression.Kind
    switch token.kind {
    case .integer(let literal): kind = .integer(literal)
    case .string(let literal): kind = .string(literal)
    case .positionalParameter(let number): kind = .positionalParameter(number)
    case .parameterCount: kind = .parameterCount
    case .variable(let name): kind = .variable(name)
    case .map(let name): return try parseMap(Name(name, at: token.span))
    case .word(let word): return try parseWord(word)
    case .symbol(.leftParenthesis): return try parseParentheses()
    case .symbol(.leftBrace):
      let first = expressionCount
      let block = try parseBlockExpression()
      guard block.value != nil else { throw fail(.noBlockValue(at: block.span)) }
      return try make(.block(block), block.span, aboveAllSince: first)
    default: throw unexpected(expected: "an expression")
    }
    cursor.advance()
    return try make(kind, token.span)
  }

  private mutating func parseMap(_ name: Name) throws(Failure) -> Expression {
    cursor.advance()
    var keys: [Expression] = []
    if cursor.take(.leftBracket) {
      if cursor.isAt(.rightBracket) {
        throw fail(.emptyMapKey(name.text, at: span(from: name.span).union(cursor.token.span)))
      }
      keys = try parseList(until: .rightBracket)
    }
    let span = span(from: name.span)
    return try make(.map(MapReference(name: name, keys: keys, span: span)), span, above: keys)
  }

  /// Expressions separated by commas, and the symbol that closes them.
  private mutating func parseList(until close: Symbol) throws(Failure) -> [Expression] {
    var list: [Expression] = []
    while true {
      list.append(try parseNestedExpression())
      if cursor.take(.comma) { continue }
      try expectClosing(close)
      return list
    }
  }

  private mutating func expectClosing(_ close: Symbol) throws(Failure) {
    if case .symbol(.assign) = cursor.token.kind { throw fail(.assignmentInExpression(at: cursor.token.span)) }
    guard cursor.take(close) else { throw unexpected(expected: "',' or '\(close.rawValue)'") }
  }

  private mutating func parseWord(_ word: String) throws(Failure) -> Expression {
    let name = Name(word, at: cursor.token.span)
    switch word {
    case "true", "false":
      cursor.advance()
      return try make(.boolean(word == "true"), name.span)
    case "sizeof":
      let (operand, above) = try parseParenthesisedOperand()
      return try make(.sizeOf(operand), span(from: name.span), above: above)
    case "typeinfo":
      let (operand, above) = try parseParenthesisedOperand()
      return try make(.typeInfo(operand), span(from: name.span), above: above)
    case "offsetof": return try parseOffsetOf(name)
    case "if": return try parseIfExpression()
    case "comptime":
      cursor.advance()
      let operand = try parseExpression()
      return try make(.comptime(operand), span(from: name.span), above: [operand])
    case _ where Vocabulary.keywords.contains(word): throw fail(.misplacedKeyword(cursor.token))
    default:
      cursor.advance()
      guard cursor.take(.leftParenthesis) else { return try make(.identifier(word), name.span) }
      let arguments = try parseArguments()
      return try make(.call(Call(name: name, arguments: arguments)), span(from: name.span), above: arguments)
    }
  }

  /// The arguments of a call and its closing parenthesis.
  private mutating func parseArguments() throws(Failure) -> [Expression] {
    var arguments: [Expression] = []
    while !cursor.take(.rightParenthesis) {
      if let type = try parseTypeArgument() {
        arguments.append(try make(.type(type), type.span))
      } else {
        arguments.append(try parseNestedExpression())
      }
      if !cursor.take(.comma) {
        try expectClosing(.rightParenthesis)
        break
      }
    }
    return arguments
  }

  private mutating func parseOffsetOf(_ name: Name) throws(Failure) -> Expression {
    let hints = ["as in offsetof(struct task_struct, comm)"]
    cursor.advance()
    try expect(.leftParenthesis, hints: hints)
    let (operand, above) = try parseTypeOperand(before: .comma)
    try expect(.comma, hints: hints)
    var path = [try expectName("a field's name")]
    while cursor.take(.dot) { path.append(try expectName("a field's name")) }
    try expect(.rightParenthesis, hints: hints)
    return try make(.offsetOf(operand, path: path), span(from: name.span), above: above)
  }

  /// `()`, `(e)`, `(a, b)`, `(a,)`, `(x = a, y = b)`.
  private mutating func parseParentheses() throws(Failure) -> Expression {
    let start = cursor.token.span
    cursor.advance()
    if cursor.take(.rightParenthesis) { return try make(.tuple([]), span(from: start)) }
    if case .word = cursor.token.kind, cursor.peek().kind == .symbol(.assign) { return try parseRecord(from: start) }
    let first = try parseNestedExpression()
    if cursor.isAt(.comma) {
      var elements = [first]
      while cursor.take(.comma), !cursor.isAt(.rightParenthesis) { elements.append(try parseNestedExpression()) }
      try expectClosing(.rightParenthesis)
      return try make(.tuple(elements), span(from: start), above: elements)
    }
    if case .symbol(.assign) = cursor.token.kind { throw fail(.assignmentInExpression(at: cursor.token.span)) }
    try expect(.rightParenthesis)
    var inner = first
    inner.span = span(from: start)
    return inner
  }

  private mutating func parseRecord(from start: SourceSpan) throws(Failure) -> Expression {
    var fields: [RecordField] = []
    repeat {
      if cursor.isAt(.rightParenthesis) { break }
      let name = try expectName("a field's name")
      try expect(.assign, hints: ["a record names all its fields: (a = 1, b = 2)"])
      fields.append(RecordField(name: name, value: try parseNestedExpression()))
    } while cursor.take(.comma)
    try expectClosing(.rightParenthesis)
    return try make(.record(fields), span(from: start), above: fields.map(\.value))
  }
}
