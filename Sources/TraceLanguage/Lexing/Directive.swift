import Diagnostics

/// A `#` line that the parser has to know.
enum Directive: Hashable, Sendable {
  case define(name: Name, value: CDefine.Value)
  case undefine(Name)
  case include(path: String, isSystem: Bool)
}

/// An `#if` whose `#endif` has not been read.
struct Conditional: Hashable, Sendable {
  var span: SourceSpan
  /// Whether one of its branches was taken already.
  var isDecided: Bool
  var hasElse = false

  /// How deep they may stand in one another.
  static let deepest = 64
}

/// What a `#` line says, before anything is done about it.
struct DirectiveLine: Sendable {
  enum Content: Sendable {
    case directive(Directive)
    /// `#if`, `#ifdef`, `#ifndef`, with the answer.
    case condition(Bool)
    /// `#elif` with its condition unread, or `#else`.
    case branch(isElse: Bool)
    case end
    /// A `#` alone, `#!`, or a line that is already reported.
    case nothing
  }

  var content: Content
  /// The `#` and the word behind it.
  var keyword: Name
  /// Where the line ends.
  var end: Int
  /// The lexer's reports with those of this line.
  var diagnostics: DiagnosticList
}
