internal import Inspector

/// A first word of the inspector, such as `prog`, with what can be done.
struct InspectorObject: Sendable {
  /// An operation on an object, such as `show`.
  struct Operation: Sendable {
    /// Its names; the first is the one of the help.
    var names: [String]
    /// What follows the name, in the help's own notation.
    var arguments: String
    /// What it does, in a line.
    var summary: String
    var run: @Sendable (inout InspectorCall) throws(InspectorError) -> Void

    init(
      _ names: String..., arguments: String = "", summary: String,
      run: @escaping @Sendable (inout InspectorCall) throws(InspectorError) -> Void
    ) {
      self.names = names
      self.arguments = arguments
      self.summary = summary
      self.run = run
    }
  }

  var name: String
  var summary: String
  /// In the order in which a shortened name is looked for; the first is what the object alone does.
  var operations: [Operation]
  /// What the arguments of the help mean: name and meaning.
  var terms: [(String, String)] = []
  /// Whether the word alone asks for help.
  var isHelpAlone = false
  /// Whether the word is an operation itself, whose name is empty.
  var hasOneOperation = false

  /// Every first word, in the order in which a shortened one is looked for.
  static let all: [InspectorObject] = [
    batch, prog, map, link, cgroup, perf, net, feature, btf, gen, structOps, iter, token, elf, top, graph, diff, doctor,
    completion, complete, manual,
  ]

  /// The first object that `word` begins, as bpftool finds it.
  static func named(_ word: String) -> InspectorObject? {
    word.isEmpty ? nil : all.first { $0.name.hasPrefix(word) }
  }

  /// The first operation that `word` begins.
  func operation(named word: String) -> Operation? {
    word.isEmpty ? nil : operations.first { $0.names.contains { $0.hasPrefix(word) } }
  }

  /// The help of this word, called by way of `command`.
  func help(calledAs command: String) -> String {
    var text = ""
    for operation in operations {
      if hasOneOperation {
        let arguments = operation.arguments.isEmpty ? "" : " \(operation.arguments)"
        return "Usage: \(command) \(name)\(arguments)\n\n  \(operation.summary)\n"
      }
      let names = operation.names.count > 1 ? "{ \(operation.names.joined(separator: " | ")) }" : operation.names[0]
      let arguments = operation.arguments.isEmpty ? "" : " \(operation.arguments)"
      text += "\(text.isEmpty ? "Usage: " : "       ")\(command) \(name) \(names)\(arguments)\n"
    }
    text += "       \(command) \(name) help\n\n"
    let width = operations.map { $0.names[0].count }.max() ?? 0
    for operation in operations {
      let name = operation.names[0]
      text += "  \(name)\(String(repeating: " ", count: width - name.count))   \(operation.summary)\n"
    }
    if !terms.isEmpty { text += "\n" }
    for (term, meaning) in terms { text += "  \(term) := \(meaning)\n" }
    return text
  }
}
