import Diagnostics

/// A lexer with the token that comes next; a copy looks ahead without harm.
struct TokenCursor: Sendable {
  private(set) var lexer: Lexer
  private(set) var token: Token
  /// Behind the last token taken.
  private(set) var previousEnd: Int

  init(_ lexer: Lexer) {
    self.lexer = lexer
    previousEnd = lexer.position
    token = self.lexer.next()
  }

  /// Goes on to the next token.
  mutating func advance() {
    previousEnd = token.span.end
    token = lexer.next()
  }

  /// The token after this one.
  func peek() -> Token {
    var ahead = lexer
    return ahead.next()
  }

  /// Lets `body` read the text from the current token's start in its own way, then goes on from where it stopped.
  mutating func rescan<R>(_ body: (inout Lexer) -> R) -> R {
    lexer.position = token.span.start
    let result = body(&lexer)
    previousEnd = lexer.position
    token = lexer.next()
    return result
  }

  /// The cursor at a token passed earlier, to look at its text again.
  func returned(to earlier: SourceSpan) -> TokenCursor {
    var lexer = lexer
    lexer.position = earlier.start
    return TokenCursor(lexer)
  }

  /// Makes a constant of the C section known to later constant expressions.
  mutating func define(_ name: String, as value: UInt64) { lexer.constants[name] = value }

  /// Says at the end what was left open: conditionals without their `#endif`.
  mutating func finish() { lexer.reportOpenConditionals() }

  func isAt(_ symbol: Symbol) -> Bool { token.kind == .symbol(symbol) }
  func isAt(word: String) -> Bool { token.kind == .word(word) }

  /// Takes the symbol if it comes next.
  mutating func take(_ symbol: Symbol) -> Bool {
    guard isAt(symbol) else { return false }
    advance()
    return true
  }

  /// Takes the word if it comes next.
  mutating func take(word: String) -> Bool {
    guard isAt(word: word) else { return false }
    advance()
    return true
  }
}
