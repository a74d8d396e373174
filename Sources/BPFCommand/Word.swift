/// The first words that the `bpf` command knows.
enum Word: String, CaseIterable, Sendable {
  case trace, help, version

  /// What the word does, in a line of the help.
  var summary: String {
    switch self {
    case .trace: "ask the running system a question, in bpftrace's language"
    case .help: "help on a word, as in bpf help trace"
    case .version: "print the version"
    }
  }

  /// The words in rows, in the order of the table.
  static var list: String {
    let width = allCases.map(\.rawValue.count).max() ?? 0
    return allCases.map { word in
      "  \(word.rawValue)\(String(repeating: " ", count: width - word.rawValue.count))   \(word.summary)\n"
    }
    .joined()
  }
}
