/// Turns diagnostics into the text that a person reads, in bpftrace's form.
///
///     stdin:1:15-17: ERROR: Undefined or undeclared variable: $x
///     begin { print($x); }
///                   ~~
///     HINT: assign it first, as in $x = 1
///
/// A span over several lines is told as `NAME:FIRST-LAST:` and shows no text. The end column is exclusive.
public struct DiagnosticRenderer: Sendable {
  private let sources: [SourceID: SourceText]
  private let isColoured: Bool

  /// Renders diagnostics of these texts; whether the reader is a terminal that takes colour is the caller's knowledge.
  public init(_ sources: [SourceText], isColoured: Bool = false) {
    self.sources = Dictionary(sources.map { ($0.id, $0) }) { first, _ in first }
    self.isColoured = isColoured
  }

  /// All diagnostics in the order of the text, each ending in a newline.
  public func render(_ diagnostics: DiagnosticList) -> String {
    diagnostics.sorted.map(render).joined()
  }

  /// One diagnostic: head, source line, underline, other places, hints; ends in a newline.
  public func render(_ diagnostic: Diagnostic) -> String {
    var output = place(
      diagnostic.span, label: diagnostic.severity.rawValue, message: diagnostic.message, of: diagnostic)
    for context in diagnostic.contexts {
      output += place(context.span, label: Diagnostic.Severity.note.rawValue, message: context.message, of: nil)
    }
    for hint in diagnostic.hints { output += paint("HINT: ", .hint) + hint + "\n" }
    return output
  }

  private func place(_ span: SourceSpan, label: String, message: String, of diagnostic: Diagnostic?) -> String {
    let style = diagnostic.map { Style($0.severity) } ?? .note
    let said = paint("\(label): ", style) + message + "\n"
    guard let source = sources[span.source] else { return said }
    let first = source.location(of: span.start)
    let last = source.location(of: span.end)
    if first.line != last.line { return "\(source.name):\(first.line)-\(last.line): " + said }
    let (text, marks) = underlined(source.line(first.line), from: first.column, to: last.column)
    return "\(source.name):\(first.line):\(first.column)-\(last.column): " + said + text + "\n" + paint(marks, style)
      + "\n"
  }

  /// The line as shown and the marks below it: a tab takes four places, a character of several bytes one.
  ///
  /// An empty stretch is marked by a single `~`.
  private func underlined(_ line: ArraySlice<UInt8>, from first: Int, to last: Int) -> (text: String, marks: String) {
    var shown: [UInt8] = []
    var marks = ""
    let last = max(last, first + 1)
    for (index, byte) in line.enumerated() {
      let mark: Character = index < first - 1 ? " " : "~"
      let isMarked = index < last - 1
      switch byte {
      case UInt8(ascii: "\t"):
        shown.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 4))
        if isMarked { marks += String(repeating: mark, count: 4) }
      case 0..<0x20, 0x7f:
        // Control bytes of a script must not reach the terminal.
        shown.append(UInt8(ascii: "?"))
        if isMarked { marks.append(mark) }
      default:
        shown.append(byte)
        if isMarked, byte & 0xc0 != 0x80 { marks.append(mark) }
      }
    }
    if !marks.contains("~") { marks += "~" }
    return (String(decoding: shown, as: UTF8.self), marks)
  }

  private enum Style: String {
    case error = "\u{1b}[31m"
    case warning = "\u{1b}[34m"
    case note = "\u{1b}[36m"
    case hint = "\u{1b}[33m"

    init(_ severity: Diagnostic.Severity) {
      switch severity {
      case .error: self = .error
      case .warning: self = .warning
      case .note: self = .note
      }
    }
  }

  private func paint(_ text: String, _ style: Style) -> String {
    isColoured ? style.rawValue + text + "\u{1b}[0m" : text
  }
}
