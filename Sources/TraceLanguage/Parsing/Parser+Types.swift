import Diagnostics

/// Types as the script writes them, and where a word means a type.
extension Parser {
  /// A base and the pointers and dimensions behind it.
  mutating func parseTypeName() throws(Failure) -> TypeName {
    try enter()
    defer { leave() }
    let start = cursor.token.span
    skipQualifiers()
    let base = try parseTypeBase()
    var suffixes: [TypeName.Suffix] = []
    while true {
      skipQualifiers()
      if cursor.take(.star) {
        suffixes.append(.pointer)
      } else if cursor.take(.leftBracket) {
        suffixes.append(.array(try parseDimension()))
      } else {
        return TypeName(base, suffixes: suffixes, span: span(from: start))
      }
    }
  }

  private mutating func skipQualifiers() {
    while case .word(let word) = cursor.token.kind, Vocabulary.qualifiers.contains(word) { cursor.advance() }
  }

  private mutating func parseDimension() throws(Failure) -> UInt64? {
    if cursor.take(.rightBracket) { return nil }
    guard case .integer(let literal) = cursor.token.kind, !literal.isDuration else {
      throw unexpected(expected: "a length")
    }
    cursor.advance()
    try expect(.rightBracket)
    return literal.value
  }

  private mutating func parseTypeBase() throws(Failure) -> TypeName.Base {
    if cursor.take(.leftParenthesis) {
      var elements: [TypeName] = []
      while !cursor.take(.rightParenthesis) {
        elements.append(try parseTypeName())
        if !cursor.isAt(.rightParenthesis) { try expect(.comma) }
      }
      return .tuple(elements)
    }
    guard case .word(let word) = cursor.token.kind else { throw unexpected(expected: "a type") }
    if let tag = CTag(rawValue: word) {
      cursor.advance()
      return .tagged(tag, try expectName("a name after \(word)").text)
    }
    if word == "typeof" { return .typeOf(try parseParenthesisedOperand().operand) }
    if Vocabulary.keywords.contains(word) { throw unexpected(expected: "a type") }
    if Vocabulary.cTypeWords.contains(word) {
      var words: [String] = []
      while case .word(let next) = cursor.token.kind, Vocabulary.cTypeWords.contains(next) {
        words.append(next)
        cursor.advance()
      }
      return .named(words.joined(separator: " "))
    }
    cursor.advance()
    guard Vocabulary.sizedTypes.contains(word), cursor.isAt(.leftBracket), case .integer = cursor.peek().kind else {
      return .named(word)
    }
    cursor.advance()
    return .sized(word, try parseDimension() ?? 0)
  }

  // MARK: Type or expression

  /// `(type)` or `(expression)` behind `sizeof`, `typeof`, `typeinfo`, with the expressions in it.
  mutating func parseParenthesisedOperand() throws(Failure) -> (operand: TypeOperand, above: [Expression]) {
    cursor.advance()
    try expect(.leftParenthesis)
    let result = try parseTypeOperand(before: .rightParenthesis)
    try expect(.rightParenthesis)
    return result
  }

  /// A type if one can be read up to `end`, else an expression.
  mutating func parseTypeOperand(
    before end: Symbol
  ) throws(Failure) -> (operand: TypeOperand, above: [Expression]) {
    if let type = try parseTypeIfAny(before: { $0.isAt(end) }) { return (.type(type), []) }
    let expression = try parseNestedExpression()
    return (.expression(expression), [expression])
  }

  /// A type as a call's argument: only where the words leave no doubt.
  mutating func parseTypeArgument() throws(Failure) -> TypeName? {
    guard case .word(let word) = cursor.token.kind, Self.beginsOnlyTypes(word) || Vocabulary.isSurelyType(word) else {
      return nil
    }
    return try parseTypeIfAny { $0.isAt(.comma) || $0.isAt(.rightParenthesis) }
  }

  /// Reads `(type)` before an operand; nil, with nothing taken, when the parenthesis means something else.
  ///
  /// A name that may be a type or a value is taken for a type only when what follows could not follow a value:
  /// `(name)$x`, but not `(name) - 1`.
  mutating func parseCastType() throws(Failure) -> TypeName? {
    guard case .word(let word) = cursor.peek().kind else { return nil }
    if Self.beginsOnlyTypes(word) {
      cursor.advance()
      let type = try parseTypeName()
      try expect(.rightParenthesis)
      return type
    }
    var ahead = self
    ahead.cursor.advance()
    guard let type = try ahead.parseTypeIfAny(before: { $0.isAt(.rightParenthesis) }) else { return nil }
    ahead.cursor.advance()
    let isSurelyType = Vocabulary.isSurelyType(word) || declaresType(word) || type.suffixes.contains(.pointer)
    guard ahead.cursor.beginsOperand(whenSurely: isSurelyType) else { return nil }
    self = ahead
    return type
  }

  private static func beginsOnlyTypes(_ word: String) -> Bool { word == "typeof" || CTag(rawValue: word) != nil }

  /// Whether the C section gives `word` as a type's name.
  private func declaresType(_ word: String) -> Bool {
    script.declarations.contains {
      if case .typeAlias(let name, _, _) = $0 { name.text == word } else { false }
    }
  }

  /// Reads a type when one stands before what `isEnd` accepts; else takes nothing.
  ///
  /// `typeof` and tags are not tried but read: nothing else can begin with them, mistakes in them are then reported,
  /// and nested ones are not read anew at every level.
  private mutating func parseTypeIfAny(before isEnd: (TokenCursor) -> Bool) throws(Failure) -> TypeName? {
    guard case .word(let word) = cursor.token.kind else { return nil }
    if Self.beginsOnlyTypes(word) { return try parseTypeName() }
    if Vocabulary.isBuiltin(word) || Vocabulary.keywords.contains(word) { return nil }
    var ahead = self
    guard let type = try? ahead.parseTypeName(), isEnd(ahead.cursor) else { return nil }
    self = ahead
    return type
  }
}

extension TokenCursor {
  /// Whether an operand begins here; an operator that could also join two operands counts only `whenSurely`.
  fileprivate func beginsOperand(whenSurely: Bool) -> Bool {
    switch token.kind {
    case .word(let word):
      !["else", "if", "while", "for", "unroll", "let", "return", "break", "continue"].contains(word)
    case .variable, .map, .positionalParameter, .parameterCount, .integer, .string: true
    case .symbol(.leftParenthesis), .symbol(.exclamation), .symbol(.tilde): true
    case .symbol(.minus), .symbol(.star), .symbol(.ampersand), .symbol(.plusPlus), .symbol(.minusMinus): whenSurely
    case .symbol, .directive, .endOfFile: false
    }
  }
}
