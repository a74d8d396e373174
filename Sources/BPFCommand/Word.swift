/// The first words that the `bpf` command knows.
enum Word: String, CaseIterable, Sendable {
  case trace, run, build, help, version

  /// What the word does, in a line of the help.
  var summary: String {
    switch self {
    case .trace: "ask the running system a question, in bpftrace's language"
    case .run: "run a BPF program, and show what it tells"
    case .build: "make a BPF object of a program in Swift or C"
    case .help: "help on a word, as in bpf help trace"
    case .version: "print the version"
    }
  }

  /// The words in rows, in the order of the table.
  static var list: String { list(allCases.map { ($0.rawValue, $0.summary) }) }

  /// Words in rows with what they mean.
  static func list(_ words: [(name: String, summary: String)]) -> String {
    let width = words.map(\.name.count).max() ?? 0
    return words.map { word in
      "  \(word.name)\(String(repeating: " ", count: width - word.name.count))   \(word.summary)\n"
    }
    .joined()
  }
}
