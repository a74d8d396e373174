import Testing

/// A case of the whole command: a command line and what it must say.
///
/// `Tests/Commands/README.md` tells how cases are written.
struct CommandCase: Sendable, CustomTestStringConvertible {
  /// A line that output must have.
  enum Line: Hashable, Sendable {
    case text(String)
    case pattern(String)
    /// Any number of lines.
    case gap
  }

  var title: String
  var file: String
  var command: String
  var action: String?
  /// What the kernel must have, as a label of `bpf trace --info`.
  var need: String?
  var output: [Line] = []
  var errors: [Line] = []
  var status: Int32 = 0

  var testDescription: String { "\(file): \(title)" }
}

extension CommandCase {
  struct FormatError: Error, Hashable {
    var file: String
    var line: Int
    var reason: String
  }

  /// The cases of a file's text.
  static func read(_ text: String, file: String) throws -> [CommandCase] {
    var cases: [CommandCase] = []
    var title: String?
    var current: CommandCase?
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let content = String(line.dropFirst(2))
      func fail(_ reason: String) -> FormatError { FormatError(file: file, line: index + 1, reason: reason) }
      if line.hasPrefix("# ") {
        if let title, current == nil { throw fail("the case '\(title)' has no command") }
        if let current { cases.append(current.trimmed) }
        title = content
        current = nil
      } else if line.hasPrefix("$ ") {
        guard let title else { throw fail("a command before the first title") }
        if current != nil { throw fail("a second command in one case") }
        current = CommandCase(title: title, file: file, command: content)
      } else if current == nil {
        continue  // prose
      } else if line.hasPrefix("= ") {
        current?.need = content
      } else if line.hasPrefix("& ") {
        current?.action = content
      } else if line.hasPrefix("! ") || line == "!" {
        current?.errors.append(Line(content))
      } else if line.hasPrefix("? ") {
        guard let status = Int32(content) else { throw fail("'\(content)' is no exit status") }
        current?.status = status
      } else {
        current?.output.append(Line(String(line)))
      }
    }
    guard let current else { throw FormatError(file: file, line: 0, reason: "the last case has no command") }
    return cases + [current.trimmed]
  }

  private var trimmed: CommandCase {
    var copy = self
    while copy.output.last == .text("") { copy.output.removeLast() }
    return copy
  }
}

extension CommandCase.Line {
  init(_ text: String) {
    if text == "..." {
      self = .gap
    } else if text.count > 1, text.hasPrefix("/"), text.hasSuffix("/") {
      self = .pattern(String(text.dropFirst().dropLast()))
    } else {
      self = .text(text)
    }
  }

  /// Whether `lines` are what `expected` says, all of them.
  static func match(_ expected: ArraySlice<Self>, _ lines: ArraySlice<String>) throws -> Bool {
    guard let first = expected.first else { return lines.isEmpty }
    let rest = expected.dropFirst()
    switch first {
    case .gap:
      return try (lines.startIndex...lines.endIndex).contains { try match(rest, lines[$0...]) }
    case .text(let text):
      return lines.first == text ? try match(rest, lines.dropFirst()) : false
    case .pattern(let pattern):
      guard let line = lines.first, try Regex(pattern).wholeMatch(in: line) != nil else { return false }
      return try match(rest, lines.dropFirst())
    }
  }
}
