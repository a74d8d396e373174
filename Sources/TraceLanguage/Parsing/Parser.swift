public import Diagnostics

/// Turns tokens into the tree, by recursive descent.
///
/// A mistake is reported where it is met; the parser then goes on behind the statement, or the probe, that holds it,
/// so that one run tells of several mistakes.
struct Parser {
  /// Why a rule was left; the mistake is already reported.
  enum Failure: Error {
    /// Go on with the next statement.
    case statement
    /// A probe begins here, though a block is open: go on with it.
    case probe
    /// Nothing more can be read.
    case script
  }

  var cursor: TokenCursor
  var script = Script()
  private var diagnostics = DiagnosticList()
  /// Levels of rules that call themselves; bounded, because each takes a piece of the stack.
  private var nesting = 0
  /// For each expression the height of its tree; bounded, because later stages walk it by recursion.
  private var heights: [Int] = []
  /// Whether a `/` before a `{` ends the expression that is being read.
  var endsAtPredicate = false

  /// Levels of nesting, and of operators on one another, that a script may have.
  static let deepest = 200
  static let highest = 400

  init(_ source: SourceText) {
    cursor = TokenCursor(Lexer(source))
    if source.bytes.starts(with: Array("#!".utf8)) {
      let line = source.line(1).dropFirst(2)
      let end = line.lastIndex { !$0.isBlank }.map { $0 + 1 } ?? line.startIndex
      script.interpreter = String(decoding: line[line.startIndex..<end], as: UTF8.self)
    }
  }

  /// What was found wrong, in the tokens and in the tree.
  var report: DiagnosticList {
    var all = cursor.lexer.diagnostics
    all.report(contentsOf: diagnostics)
    return all
  }

  var hasReported: Bool { !diagnostics.isEmpty || !cursor.lexer.diagnostics.isEmpty }

  /// Ends reading: numbers of expressions become known, and what was left open is said.
  mutating func finish() {
    cursor.finish()
    script.expressionCount = heights.count
  }

  // MARK: Mistakes

  /// Reports a mistake after which the rule goes on.
  mutating func note(_ diagnostic: Diagnostic) { diagnostics.report(diagnostic) }

  /// Reports a mistake; the caller throws what comes back.
  mutating func fail(_ diagnostic: Diagnostic) -> Failure {
    // Behind the first missing token at the end of the file all others are missing as well, and a comment or text
    // that never ends has swallowed what is missing.
    let tokenReports = cursor.lexer.diagnostics.all
    if cursor.token.kind == .endOfFile,
      !tokenReports.isEmpty || diagnostics.all.contains(where: { $0.span == cursor.token.span })
    {
      return .script
    }
    // What the tokens around here complained about is not told again as a mistake of the grammar.
    if tokenReports.contains(where: {
      $0.span.end >= cursor.previousEnd && $0.span.start <= cursor.token.span.end
    }) {
      return .statement
    }
    if diagnostics.all.count + tokenReports.count >= Lexer.errorLimit {
      if diagnostics.all.last?.id != "too-many-errors" { diagnostics.report(.tooManyErrors(at: diagnostic.span)) }
      return .script
    }
    diagnostics.report(diagnostic)
    return cursor.token.kind == .endOfFile ? .script : .statement
  }

  /// Reports the current token.
  mutating func unexpected(expected: String, hints: [String] = []) -> Failure {
    fail(.unexpected(cursor.token, expected: expected, hints: hints))
  }

  /// Takes the symbol or reports what stands in its place.
  @discardableResult
  mutating func expect(_ symbol: Symbol, hints: [String] = []) throws(Failure) -> SourceSpan {
    let span = cursor.token.span
    guard cursor.take(symbol) else { throw unexpected(expected: "'\(symbol.rawValue)'", hints: hints) }
    return span
  }

  /// Takes a word as a name.
  mutating func expectName(_ what: String) throws(Failure) -> Name {
    guard case .word(let word) = cursor.token.kind else { throw unexpected(expected: what) }
    let name = Name(word, at: cursor.token.span)
    cursor.advance()
    return name
  }

  /// Takes a `$name`.
  mutating func expectVariable(hints: [String] = []) throws(Failure) -> Name {
    guard case .variable(let word) = cursor.token.kind else { throw unexpected(expected: "a variable", hints: hints) }
    let name = Name(word, at: cursor.token.span)
    cursor.advance()
    return name
  }

  // MARK: Depth

  /// Enters a rule that may call itself; ``leave()`` belongs to it.
  mutating func enter() throws(Failure) {
    guard nesting < Self.deepest else {
      _ = fail(.nestedTooDeeply(Self.deepest, at: cursor.token.span))
      throw .script
    }
    nesting += 1
  }

  mutating func leave() { nesting -= 1 }

  // MARK: Nodes

  /// A new expression above `operands`.
  mutating func make(
    _ kind: Expression.Kind, _ span: SourceSpan, above operands: [Expression] = []
  ) throws(Failure) -> Expression {
    try make(kind, span, height: operands.map { heights[$0.id.index] }.max() ?? 0)
  }

  /// A new expression above all that were made since there were `first`.
  mutating func make(
    _ kind: Expression.Kind, _ span: SourceSpan, aboveAllSince first: Int
  ) throws(Failure) -> Expression {
    try make(kind, span, height: heights[first...].max() ?? 0)
  }

  private mutating func make(_ kind: Expression.Kind, _ span: SourceSpan, height: Int) throws(Failure) -> Expression {
    guard height < Self.highest else {
      _ = fail(.nestedTooDeeply(Self.highest, at: span))
      throw .script
    }
    heights.append(height + 1)
    return Expression(id: ExpressionID(heights.count - 1), kind, span: span)
  }

  /// How many expressions there are so far.
  var expressionCount: Int { heights.count }

  /// From the start of a token taken earlier to the end of the last one taken.
  func span(from start: SourceSpan) -> SourceSpan {
    SourceSpan(start: start.start, end: max(cursor.previousEnd, start.end), in: start.source)
  }
}

extension Script {
  /// The script in `source`.
  ///
  /// When an error is reported the tree holds what could be read, which is nothing to compile.
  public init(parsing source: SourceText, reporting diagnostics: inout DiagnosticList) {
    var parser = Parser(source)
    parser.parseScript()
    parser.finish()
    diagnostics.report(contentsOf: parser.report)
    self = parser.script
  }
}
