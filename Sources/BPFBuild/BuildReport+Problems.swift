internal import Diagnostics
internal import LinuxSystem

extension BuildReport {
  /// Takes in a problem: its place is looked up in the text of its file, which is read if need be.
  mutating func add(_ problem: BuildProblem) {
    let span: SourceSpan
    var hints = problem.hints
    if let place = problem.place, let source = source(place.file) {
      span = source.span(ofLine: place.line, column: place.column)
    } else {
      // Without its text a place can only be said.
      span = SourceSpan(start: 0, end: 0, in: SourceID(.max))
      if let place = problem.place { hints.insert("it stands at \(place.file):\(place.line):\(place.column)", at: 0) }
    }
    diagnostics.report(Diagnostic(problem.severity, id: problem.id, at: span, problem.message, hints: hints))
  }

  private mutating func source(_ file: String) -> SourceText? {
    if let known = sources.first(where: { $0.name == file }) { return known }
    guard sources.count < Int(UInt16.max), let bytes = try? FileSystem.contents(of: file) else { return nil }
    let source = SourceText(name: file, bytes: bytes, id: SourceID(UInt16(sources.count)))
    sources.append(source)
    return source
  }
}

extension SourceText {
  /// The word or the operator that begins at a place; without a column the line's text.
  func span(ofLine line: Int, column: Int) -> SourceSpan {
    let text = self.line(line)
    guard line >= 1, line <= lineCount, text.endIndex <= bytes.count else { return wholeSpan.startPoint }
    if column < 1 {
      let start = text.firstIndex { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") } ?? text.startIndex
      return SourceSpan(start: start, end: text.endIndex, in: id)
    }
    let start = min(text.startIndex + column - 1, text.endIndex)
    let isWord = start < text.endIndex && Self.isWordByte(text[start])
    let end = text[start...].firstIndex { isWord ? !Self.isWordByte($0) : !Self.isOperatorByte($0) } ?? text.endIndex
    return SourceSpan(start: start, end: max(end, min(start + 1, text.endIndex)), in: id)
  }

  private static func isOperatorByte(_ byte: UInt8) -> Bool { "+-*/%<>=&|^~!?".utf8.contains(byte) }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || byte >= 0x80 || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
      || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
  }
}
