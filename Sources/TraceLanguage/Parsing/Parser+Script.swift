import Diagnostics

/// The top of a script: C declarations, `config`, `import`, `let @map`, `macro`, `fn` and probes.
extension Parser {
  mutating func parseScript() {
    while cursor.token.kind != .endOfFile {
      let start = cursor.token.span
      do {
        try parseDeclaration()
      } catch .script {
        return
      } catch .probe {
        continue
      } catch {
        recoverAtTop(from: start)
      }
    }
  }

  private mutating func parseDeclaration() throws(Failure) {
    switch cursor.token.kind {
    case .directive(let directive):
      declare(directive, at: cursor.token.span)
      cursor.advance()
    case .symbol(.semicolon):
      cursor.advance()
    case .symbol(.rightBrace):
      // Behind another mistake a brace too many is most likely its consequence.
      let span = cursor.token.span
      if !hasReported { note(.strayBrace(at: span)) }
      cursor.advance()
    case .word(let word):
      try parseDeclaration(beginningWith: word)
    case .string, .symbol(.star), .positionalParameter:
      try parseProbe()
    default:
      throw fail(.emptyAttachPoint(cursor.token))
    }
  }

  private mutating func parseDeclaration(beginningWith word: String) throws(Failure) {
    let next = cursor.peek()
    switch (word, next.kind) {
    case ("struct", _), ("union", _), ("enum", _), ("typedef", _): try parseCDeclaration()
    case (_, .word)
    where ["static", "extern", "inline", "void"].contains(word) || Vocabulary.cTypeWords.contains(word):
      throw fail(.storageInCSection(word, at: cursor.token.span))
    case ("config", .symbol(.assign)): try parseConfiguration()
    case ("import", .string): try parseImport()
    case ("let", .map): try parseMapDeclaration()
    case ("macro", .word): try parseMacro()
    case ("fn", .word): try parseSubprogram()
    default: try parseProbe()
    }
  }

  /// Goes on behind the declaration that began at `start`: at its `;` or closing brace, or at the next probe.
  private mutating func recoverAtTop(from start: SourceSpan) {
    var read = cursor.returned(to: start)
    var depth = 0
    while read.token.span.start < cursor.token.span.start, read.token.kind != .endOfFile {
      if read.isAt(.leftBrace) { depth += 1 }
      if read.isAt(.rightBrace) { depth -= 1 }
      read.advance()
    }
    while cursor.token.kind != .endOfFile {
      switch cursor.token.kind {
      case .symbol(.leftBrace): depth += 1
      case .symbol(.rightBrace) where depth > 0:
        depth -= 1
        if depth == 0 {
          cursor.advance()
          return
        }
      case .symbol(.semicolon) where depth == 0:
        cursor.advance()
        return
      case .word where isAtProbe && cursor.token.span != start:
        return
      default: break
      }
      cursor.advance()
    }
  }

  /// Whether a probe seems to begin here: only asked where a probe is no valid continuation.
  var isAtProbe: Bool {
    guard case .word(let word) = cursor.token.kind else { return false }
    let provider = word.lowercased()
    if Vocabulary.bareProviders.contains(provider) { return cursor.peek().kind == .symbol(.leftBrace) }
    return Vocabulary.providers.contains(provider) && cursor.peek().kind == .symbol(.colon)
  }

  private mutating func declare(_ directive: Directive, at span: SourceSpan) {
    switch directive {
    case .define(let name, let value):
      script.declarations.append(.define(CDefine(name: name, value: value, span: span)))
    case .undefine(let name):
      script.declarations.removeAll { declaration in
        if case .define(let define) = declaration { define.name.text == name.text } else { false }
      }
    case .include(let path, let isSystem):
      script.declarations.append(.include(CInclude(path: path, isSystem: isSystem, span: span)))
    }
  }

  // MARK: config, import, let

  private mutating func parseConfiguration() throws(Failure) {
    cursor.advance()
    try expect(.assign)
    let open = try expect(.leftBrace)
    while !cursor.take(.rightBrace) {
      if cursor.take(.semicolon) { continue }
      if cursor.token.kind == .endOfFile { throw fail(.unclosedBrace(before: cursor.token, opened: open)) }
      let key = try expectName("a configuration key")
      try expect(.assign, hints: ["as in config = { \(key.text) = 64; }"])
      let valueSpan = cursor.token.span
      let value = try parseConfigurationValue()
      script.configuration.append(
        ConfigurationAssignment(key: key, value: value, valueSpan: valueSpan, span: span(from: key.span)))
      if !cursor.isAt(.rightBrace) { try expect(.semicolon) }
    }
  }

  private mutating func parseConfigurationValue() throws(Failure) -> ConfigurationAssignment.Value {
    let value: ConfigurationAssignment.Value
    switch cursor.token.kind {
    case .integer(let literal): value = .integer(literal.value)
    case .string(let literal): value = .string(literal.text)
    case .word("true"): value = .boolean(true)
    case .word("false"): value = .boolean(false)
    case .word(let word): value = .word(word)
    default: throw unexpected(expected: "a number, a word or a string")
    }
    cursor.advance()
    return value
  }

  private mutating func parseImport() throws(Failure) {
    let start = cursor.token.span
    cursor.advance()
    guard case .string(let path) = cursor.token.kind else { throw unexpected(expected: "a path in quotes") }
    let pathSpan = cursor.token.span
    cursor.advance()
    script.imports.append(ImportDeclaration(path: path.text, pathSpan: pathSpan, span: span(from: start)))
    try expect(.semicolon)
  }

  private mutating func parseMapDeclaration() throws(Failure) {
    let start = cursor.token.span
    let hints = ["a map is declared as in let @m = hash(100);"]
    cursor.advance()
    guard case .map(let name) = cursor.token.kind else { throw unexpected(expected: "a map", hints: hints) }
    let nameSpan = cursor.token.span
    cursor.advance()
    try expect(.assign, hints: hints)
    let type = try expectName("a kind of map")
    try expect(.leftParenthesis, hints: hints)
    guard case .integer(let capacity) = cursor.token.kind else {
      throw unexpected(expected: "a number of entries", hints: hints)
    }
    let capacitySpan = cursor.token.span
    cursor.advance()
    try expect(.rightParenthesis, hints: hints)
    script.maps.append(
      MapDeclaration(
        name: Name(name, at: nameSpan), type: type, capacity: capacity.value, capacitySpan: capacitySpan,
        span: span(from: start)))
    try expect(.semicolon, hints: hints)
  }

  // MARK: macro, fn

  private mutating func parseMacro() throws(Failure) {
    let start = cursor.token.span
    cursor.advance()
    let name = try expectName("a macro's name")
    try expect(.leftParenthesis)
    var parameters: [MacroDeclaration.Parameter] = []
    while !cursor.take(.rightParenthesis) {
      let parameter = cursor.token.span
      switch cursor.token.kind {
      case .variable(let text): parameters.append(.variable(Name(text, at: parameter)))
      case .map(let text): parameters.append(.map(Name(text, at: parameter)))
      case .word(let text): parameters.append(.expression(Name(text, at: parameter)))
      default: throw unexpected(expected: "a parameter", hints: ["a macro takes $variables, @maps and expressions"])
      }
      cursor.advance()
      if !cursor.isAt(.rightParenthesis) { try expect(.comma) }
    }
    let body = try parseBlockExpression()
    script.macros.append(MacroDeclaration(name: name, parameters: parameters, body: body, span: span(from: start)))
  }

  private mutating func parseSubprogram() throws(Failure) {
    let start = cursor.token.span
    let hints = ["a function is written fn name($a : uint64) : uint64 { … }"]
    cursor.advance()
    let name = try expectName("a function's name")
    try expect(.leftParenthesis, hints: hints)
    var parameters: [SubprogramDeclaration.Parameter] = []
    while !cursor.take(.rightParenthesis) {
      let parameter = try expectVariable(hints: hints)
      try expect(.colon, hints: hints)
      parameters.append(SubprogramDeclaration.Parameter(name: parameter, type: try parseTypeName()))
      if !cursor.isAt(.rightParenthesis) { try expect(.comma, hints: hints) }
    }
    try expect(.colon, hints: hints)
    let result = try parseTypeName()
    let body = try parseBlock()
    script.subprograms.append(
      SubprogramDeclaration(name: name, parameters: parameters, result: result, body: body, span: span(from: start)))
  }
}
