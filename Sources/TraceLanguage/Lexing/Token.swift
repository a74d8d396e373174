import Diagnostics

/// The smallest piece of a script that means something.
struct Token: Sendable {
  /// What it is, with its value resolved.
  enum Kind: Hashable, Sendable {
    case endOfFile
    /// A name or a keyword; which of them depends on the place.
    case word(String)
    /// `$x`, with its `$`.
    case variable(String)
    /// `@x` or `@`, with its `@`.
    case map(String)
    case positionalParameter(Int)
    case parameterCount
    case integer(IntegerLiteral)
    case string(StringLiteral)
    case symbol(Symbol)
    /// A line of the C section that begins with `#`.
    case directive(Directive)
  }

  var kind: Kind
  var span: SourceSpan
}

/// Operators and punctuation.
enum Symbol: String, CaseIterable, Sendable {
  case leftBrace = "{"
  case rightBrace = "}"
  case leftParenthesis = "("
  case rightParenthesis = ")"
  case leftBracket = "["
  case rightBracket = "]"
  case comma = ","
  case semicolon = ";"
  case colon = ":"
  case question = "?"
  case dot = "."
  case range = ".."
  case ellipsis = "..."
  case arrow = "->"
  case exclamation = "!"
  case tilde = "~"
  case plus = "+"
  case minus = "-"
  case star = "*"
  case slash = "/"
  case percent = "%"
  case ampersand = "&"
  case bar = "|"
  case caret = "^"
  case logicalAnd = "&&"
  case logicalOr = "||"
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case greater = ">"
  case lessOrEqual = "<="
  case greaterOrEqual = ">="
  case shiftLeft = "<<"
  case shiftRight = ">>"
  case plusPlus = "++"
  case minusMinus = "--"
  case assign = "="
  case plusAssign = "+="
  case minusAssign = "-="
  case starAssign = "*="
  case slashAssign = "/="
  case percentAssign = "%="
  case ampersandAssign = "&="
  case barAssign = "|="
  case caretAssign = "^="
  case shiftLeftAssign = "<<="
  case shiftRightAssign = ">>="

  /// All symbols that begin with a byte, the longest first, so that the first that fits is the right one.
  static let byFirstByte: [UInt8: [(spelling: [UInt8], symbol: Symbol)]] = Dictionary(
    grouping: allCases.map { (spelling: Array($0.rawValue.utf8), symbol: $0) }
      .sorted { $0.spelling.count > $1.spelling.count },
    by: { $0.spelling.first ?? 0 })

  /// The operator of `=`, `+=`, …; nil for every other symbol.
  var assignmentOperator: AssignmentOperator? {
    if self == .assign { return .set }
    guard rawValue.count >= 2, rawValue.last == "=",
      let operation = BinaryOperator(rawValue: String(rawValue.dropLast())),
      !operation.isComparison
    else { return nil }
    return .compound(operation)
  }
}
