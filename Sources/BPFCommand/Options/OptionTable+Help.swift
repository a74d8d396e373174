extension OptionTable {
  /// The sections as a person reads them: each option with its argument, and what it does from a common column on.
  ///
  ///     Program:
  ///       -e PROGRAM               trace by PROGRAM
  ///       -c, --cmd COMMAND        run COMMAND and end with it
  var help: String {
    sections.filter { $0.options.contains { $0.help != nil } }
      .map { section in
        "\(section.title):\n"
          + section.options.compactMap { option in
            option.help.map { Self.row(option.usage, $0) }
          }
          .joined()
      }
      .joined(separator: "\n")
  }

  private static var column: Int { 28 }

  /// A usage too wide for its column stands on a line of its own; further lines of help are indented.
  private static func row(_ usage: String, _ help: String) -> String {
    let indentation = String(repeating: " ", count: column)
    let lines = help.split(separator: "\n").joined(separator: "\n" + indentation)
    let start = "  " + usage
    if start.count > column - 2 { return "\(start)\n\(indentation)\(lines)\n" }
    return start + String(repeating: " ", count: column - start.count) + lines + "\n"
  }
}

extension Option {
  /// How the option is written, as in `-p, --pid PID`.
  var usage: String {
    let names = letters.prefix(1).map { "-\($0)" } + words.prefix(1).map { "--\($0)" }
    let written = (letters.isEmpty ? "    " : "") + names.joined(separator: ", ")
    switch argument {
    case .none: return written
    case .required(let placeholder): return "\(written) \(placeholder)"
    case .optional(let placeholder, _): return "\(written) [\(placeholder)]"
    }
  }
}
