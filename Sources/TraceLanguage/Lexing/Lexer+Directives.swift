import Diagnostics

/// The lines that begin with `#`.
///
/// Conditionals are decided here: what is left out never becomes a token. `BPFTRACE_HAVE_BTF` is defined, for the
/// kernel's types are always at hand.
extension Lexer {
  /// Takes the line at `position`, which is at its `#`; nil when nothing of it is left for the parser.
  mutating func scanDirective() -> Directive? {
    // Reading works on a copy and is over before anything is stored, so that tables are never copied to be changed.
    let line = readDirective()
    diagnostics = line.diagnostics
    position = line.end
    switch line.content {
    case .nothing: return nil
    case .directive(let directive):
      note(directive)
      return directive
    case .condition(let isTaken):
      guard conditionals.count < Conditional.deepest else {
        diagnostics.report(.nestedTooDeeply(Conditional.deepest, at: line.keyword.span))
        conditionals = []
        position = limit
        return nil
      }
      conditionals.append(Conditional(span: line.keyword.span, isDecided: isTaken))
      if !isTaken { skipBranches() }
    case .branch(let isElse):
      // Met while tokens are being read: the branch before it was taken.
      guard let last = conditionals.indices.last else {
        diagnostics.report(.unmatchedConditional(line.keyword.text, at: line.keyword.span))
        return nil
      }
      conditionals[last].hasElse = conditionals[last].hasElse || isElse
      skipBranches()
    case .end:
      if conditionals.popLast() == nil {
        diagnostics.report(.unmatchedConditional(line.keyword.text, at: line.keyword.span))
      }
    }
    return nil
  }

  private mutating func note(_ directive: Directive) {
    switch directive {
    case .define(let name, let value):
      definedNames.insert(name.text)
      if case .integer(let value) = value { constants[name.text] = value } else { constants[name.text] = nil }
    case .undefine(let name):
      definedNames.remove(name.text)
      constants[name.text] = nil
    case .include: break
    }
  }

  /// Passes over branches that are left out, up to the line that begins one that is taken or that ends the conditional.
  private mutating func skipBranches() {
    var depth = 0
    while !isAtEnd {
      while !isAtEnd, byte().isBlank { position += 1 }
      guard byte() == UInt8(ascii: "#") else {
        while !isAtEnd, byte() != UInt8(ascii: "\n") { position += 1 }
        continue
      }
      let keyword = directiveKeyword()
      switch keyword {
      case "if", "ifdef", "ifndef": depth += 1
      case "endif" where depth > 0: depth -= 1
      case "endif":
        position = endOfDirective()
        _ = conditionals.popLast()
        return
      case "else" where depth == 0, "elif" where depth == 0:
        if beginBranch() { return }
        continue
      default: break
      }
      position = endOfDirective()
    }
  }

  /// Takes the `#elif` or `#else` at `position`; whether its branch is the one to read.
  private mutating func beginBranch() -> Bool {
    guard let last = conditionals.indices.last else { return true }
    let line = readDirective(asksElif: !conditionals[last].isDecided)
    diagnostics = line.diagnostics
    position = line.end
    let isElse = line.keyword.text == "else"
    if conditionals[last].hasElse {
      diagnostics.report(.unmatchedConditional(line.keyword.text, at: line.keyword.span))
    }
    conditionals[last].hasElse = conditionals[last].hasElse || isElse
    if conditionals[last].isDecided { return false }
    let isTaken = if case .condition(let answer) = line.content { answer } else { isElse }
    conditionals[last].isDecided = isTaken
    return isTaken
  }

  mutating func reportOpenConditionals() {
    for conditional in conditionals.suffix(Self.errorLimit) {
      diagnostics.report(.unterminatedConditional(at: conditional.span))
    }
    conditionals = []
  }

  // MARK: Reading

  /// Whether the text's first line names its interpreter, and `position` is there.
  private var isAtInterpreter: Bool { position == 0 && byte(1) == UInt8(ascii: "!") }

  /// The offset of the line end that closes the directive at `position`, or of the text's end.
  private func endOfDirective() -> Int {
    var scan = self
    if isAtInterpreter {
      while !scan.isAtEnd, scan.byte() != UInt8(ascii: "\n") { scan.position += 1 }
      return scan.position
    }
    while !scan.isAtEnd {
      switch (scan.byte(), scan.byte(1)) {
      case (UInt8(ascii: "\\"), UInt8(ascii: "\n")): scan.position += 2
      case (UInt8(ascii: "\\"), UInt8(ascii: "\r")): scan.position += 3
      case (UInt8(ascii: "/"), UInt8(ascii: "*")): scan.skipBlockComment()
      case (UInt8(ascii: "\""), _): _ = scan.scanString()
      case (UInt8(ascii: "\n"), _): return scan.position
      default: scan.position += 1
      }
    }
    return min(scan.position, limit)
  }

  /// The word behind the `#` at `position`.
  private func directiveKeyword() -> String {
    var scan = self
    scan.isInDirective = true
    scan.position += 1
    while scan.byte() == UInt8(ascii: " ") || scan.byte() == UInt8(ascii: "\t") { scan.position += 1 }
    return scan.takeWord()
  }

  /// What the line at `position` says; `asksElif` has the condition of an `#elif` answered too.
  private func readDirective(asksElif: Bool = false) -> DirectiveLine {
    let start = position
    var line = self
    line.limit = endOfDirective()
    line.isInDirective = true
    line.position = start + 1
    while line.byte() == UInt8(ascii: " ") || line.byte() == UInt8(ascii: "\t") { line.position += 1 }
    let keyword = line.takeWord()
    let name = Name(keyword, at: line.span(from: start))
    line.skipTrivia()
    let content: DirectiveLine.Content =
      isAtInterpreter ? .nothing : line.readContent(after: name, asksElif: asksElif)
    return DirectiveLine(content: content, keyword: name, end: line.limit, diagnostics: line.diagnostics)
  }

  private mutating func readContent(after keyword: Name, asksElif: Bool) -> DirectiveLine.Content {
    switch keyword.text {
    case "define": return readDefine(keyword.span).map { .directive($0) } ?? .nothing
    case "undef":
      guard byte().isWordStart else { break }
      let start = position
      return .directive(.undefine(Name(takeWord(), at: span(from: start))))
    case "include": return readInclude(keyword.span).map { .directive($0) } ?? .nothing
    case "if", "ifdef", "ifndef": return .condition(readCondition(keyword))
    case "elif": return asksElif ? .condition(readCondition(keyword)) : .branch(isElse: false)
    case "else": return .branch(isElse: true)
    case "endif": return .end
    case "": return .nothing
    default: break
    }
    diagnostics.report(.unusableDirective(keyword.text, at: keyword.span))
    return .nothing
  }

  private mutating func readDefine(_ keyword: SourceSpan) -> Directive? {
    guard byte().isWordStart else {
      diagnostics.report(.defineWithoutName(at: keyword))
      return nil
    }
    let start = position
    let name = Name(takeWord(), at: span(from: start))
    if byte() == UInt8(ascii: "(") { return .define(name: name, value: .functionLike(remainingText())) }
    skipTrivia()
    let text = remainingText()
    if text.isEmpty { return .define(name: name, value: .none) }
    // Whether the text is a constant is only a question here; what is no constant is no mistake yet.
    let cursor = TokenCursor(self)
    if byte() == UInt8(ascii: "\""), case .string(let literal) = cursor.token.kind, cursor.peek().kind == .endOfFile {
      return .define(name: name, value: .string(literal))
    }
    var reader = ConstantExpression(cursor: cursor)
    guard let value = reader.value(), reader.cursor.token.kind == .endOfFile,
      reader.cursor.lexer.diagnostics.all.count == diagnostics.all.count
    else { return .define(name: name, value: .text(text)) }
    return .define(name: name, value: .integer(value))
  }

  /// What is left of the line, comments and blanks around it removed.
  private func remainingText() -> String {
    var scan = self
    var kept: [UInt8] = []
    while true {
      let before = scan.position
      scan.skipTrivia()
      if scan.isAtEnd { break }
      if scan.position > before, !kept.isEmpty { kept.append(UInt8(ascii: " ")) }
      let start = scan.position
      // Within quotes nothing is a comment.
      if scan.byte() == UInt8(ascii: "\"") { _ = scan.scanString() } else { scan.position += 1 }
      kept += bytes(from: start, to: scan.position)
    }
    // A \ at the very end of the text joins it with nothing.
    while kept.last == UInt8(ascii: "\\") || kept.last == UInt8(ascii: " ") { kept.removeLast() }
    return String(decoding: kept, as: UTF8.self)
  }

  private mutating func readInclude(_ keyword: SourceSpan) -> Directive? {
    let start = position
    let closing: UInt8 = byte() == UInt8(ascii: "<") ? UInt8(ascii: ">") : UInt8(ascii: "\"")
    if byte() == UInt8(ascii: "<") || byte() == UInt8(ascii: "\"") {
      position += 1
      while !isAtEnd, byte() != closing { position += 1 }
    }
    guard !isAtEnd, position > start + 1 else {
      diagnostics.report(.includeWithoutPath(at: keyword))
      return nil
    }
    return .include(path: text(from: start + 1, to: position), isSystem: closing == UInt8(ascii: ">"))
  }

  /// Whether the branch behind `#if`, `#ifdef`, `#ifndef` or `#elif` is taken.
  private mutating func readCondition(_ keyword: Name) -> Bool {
    if keyword.text == "ifdef" || keyword.text == "ifndef" {
      guard byte().isWordStart else {
        diagnostics.report(.conditionalWithoutName(keyword.text, at: keyword.span))
        return false
      }
      return definedNames.contains(takeWord()) == (keyword.text == "ifdef")
    }
    var reader = ConstantExpression(cursor: TokenCursor(self), asksForDefinitions: true)
    let value = reader.value()
    diagnostics = reader.cursor.lexer.diagnostics
    guard let value, reader.cursor.token.kind == .endOfFile else {
      diagnostics.report(.undecidableCondition(reader.unknownName, at: keyword.span))
      return false
    }
    return value != 0
  }
}
