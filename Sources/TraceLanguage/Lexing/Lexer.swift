import Diagnostics

/// Cuts a script's bytes into tokens.
///
/// Any bytes are taken: what is no token is reported and passed over, and a malformed literal still yields a token,
/// so that the parser does not complain a second time.
struct Lexer: Sendable {
  private let source: SourceText
  /// Where the next token is looked for; only the cursor and this room's scanners move it.
  var position = 0
  /// Where to stop: the end of the text, or of a directive while its line is read.
  var limit: Int
  /// Whether only blanks and comments stood before `position` in its line.
  private var isFirstOfLine = true
  /// Whether the line of a directive is read, in which `\` before a line end joins two lines.
  var isInDirective = false
  var diagnostics = DiagnosticList()
  /// The integer constants of the C section so far, by name.
  var constants: [String: UInt64] = ["BPFTRACE_HAVE_BTF": 1]
  /// Every name that `#define` knows; a superset of the constants that came from one.
  var definedNames: Set<String> = ["BPFTRACE_HAVE_BTF"]
  /// The `#if`s around `position`, outermost first.
  var conditionals: [Conditional] = []

  /// How many mistakes are told at most.
  static let errorLimit = 20

  init(_ source: SourceText) {
    self.source = source
    limit = source.bytes.count
  }

  /// The byte `distance` further on; 0 behind the end.
  func byte(_ distance: Int = 0) -> UInt8 {
    let offset = position + distance
    return offset < limit ? source.bytes[offset] : 0
  }

  var isAtEnd: Bool { position >= limit }

  func span(from start: Int) -> SourceSpan { SourceSpan(start: start, end: position, in: source.id) }
  func text(from start: Int, to end: Int) -> String {
    source.text(of: SourceSpan(start: start, end: end, in: source.id))
  }
  func bytes(from start: Int, to end: Int) -> ArraySlice<UInt8> {
    let start = min(start, limit)
    return source.bytes[start..<max(start, min(end, limit))]
  }

  /// The next token; at the end, and ever after, ``Token/Kind/endOfFile``.
  mutating func next() -> Token {
    while true {
      skipTrivia()
      // Something that is no script at all is not worth reading on.
      if diagnostics.all.count >= Self.errorLimit { position = limit }
      let start = position
      if isAtEnd { return Token(kind: .endOfFile, span: span(from: start)) }
      let kind = scanToken()
      isFirstOfLine = false
      if let kind { return Token(kind: kind, span: span(from: start)) }
    }
  }

  /// The token at `position`; nil when what stood there was passed over.
  private mutating func scanToken() -> Token.Kind? {
    let start = position
    switch byte() {
    case let first where first.isWordStart:
      return .word(takeWord())
    case let first where first.isDigit:
      return .integer(scanInteger())
    case UInt8(ascii: "\""):
      return .string(scanString())
    case UInt8(ascii: "@"):
      position += 1
      return .map("@" + (byte().isWordStart ? takeWord() : ""))
    case UInt8(ascii: "$"):
      return scanDollar()
    case UInt8(ascii: "#"):
      if isFirstOfLine { return scanDirective().map(Token.Kind.directive) }
      position += 1
      diagnostics.report(.strayHash(at: span(from: start)))
      return nil
    case UInt8(ascii: "'"):
      return .string(scanSingleQuotes())
    default:
      return scanSymbol()
    }
  }

  private mutating func scanSymbol() -> Token.Kind? {
    for (spelling, symbol) in Symbol.byFirstByte[byte()] ?? []
    where bytes(from: position, to: position + spelling.count).elementsEqual(spelling) {
      position += spelling.count
      return .symbol(symbol)
    }
    let start = position
    position += 1
    // A character of several bytes is one mistake, not several.
    if bytes(from: start, to: start + 1).first ?? 0 >= 0x80 {
      while byte() >= 0x80 { position += 1 }
    }
    diagnostics.report(.invalidCharacter(bytes(from: start, to: position), at: span(from: start)))
    return nil
  }

  private mutating func scanDollar() -> Token.Kind? {
    let start = position
    position += 1
    switch byte() {
    case UInt8(ascii: "#"):
      position += 1
      return .parameterCount
    case let next where next.isWordStart:
      return .variable("$" + takeWord())
    case let next where next.isDigit:
      let digits = position
      while byte().isDigit { position += 1 }
      guard let number = Int(text(from: digits, to: position)), number >= 1, number <= Int(UInt16.max) else {
        diagnostics.report(.invalidPositionalParameter(at: span(from: start)))
        return .positionalParameter(1)
      }
      return .positionalParameter(number)
    default:
      diagnostics.report(.strayDollar(at: span(from: start)))
      return .variable("$")
    }
  }

  /// A run of letters, digits and underscores from `position`.
  mutating func takeWord() -> String {
    let start = position
    while byte().isWordPart { position += 1 }
    return text(from: start, to: position)
  }

  /// Passes over blanks and comments.
  mutating func skipTrivia() {
    while !isAtEnd {
      switch (byte(), byte(1)) {
      case (let blank, _) where blank.isBlank:
        position += 1
        if blank == UInt8(ascii: "\n") { isFirstOfLine = true }
      case (UInt8(ascii: "/"), UInt8(ascii: "/")):
        while !isAtEnd, byte() != UInt8(ascii: "\n") { position += 1 }
      case (UInt8(ascii: "/"), UInt8(ascii: "*")):
        skipBlockComment()
      case (UInt8(ascii: "\\"), UInt8(ascii: "\n")) where isInDirective:
        position += 2
      case (UInt8(ascii: "\\"), UInt8(ascii: "\r")) where isInDirective && byte(2) == UInt8(ascii: "\n"):
        position += 3
      default:
        return
      }
    }
  }

  mutating func skipBlockComment() {
    let start = position
    position += 2
    while !isAtEnd {
      if byte() == UInt8(ascii: "*"), byte(1) == UInt8(ascii: "/") {
        position += 2
        return
      }
      position += 1
    }
    diagnostics.report(.unterminatedComment(at: SourceSpan(start: start, end: start + 2, in: source.id)))
  }
}

extension UInt8 {
  var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
  var isWordStart: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
    default: false
    }
  }
  var isWordPart: Bool { isWordStart || isDigit }
  var isBlank: Bool {
    switch self {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"), 0x0b, 0x0c: true
    default: false
    }
  }
  /// The value of a digit up to base 16; nil for anything else.
  var digitValue: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
