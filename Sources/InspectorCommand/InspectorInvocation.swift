internal import BPF
internal import Inspector
public import KernelInterface
public import LinuxSystem

/// One call of the inspector.
///
///     InspectorInvocation(["prog", "show", "id", "5"], calledAs: .bpf).run(…)
public struct InspectorInvocation: Sendable {
  /// By which name the command was called, which decides how it ends when something went wrong.
  public enum Name: String, Sendable {
    /// 1 when the operation failed, 2 when it was not understood.
    case bpf
    /// As bpftool: a negative error number cut to 8 bits, mostly 255.
    case bpftool
  }

  let words: [String]
  let name: Name

  /// A call with all words behind the command's own name.
  public init(_ words: [String], calledAs name: Name) {
    self.words = words
    self.name = name
  }

  /// The first words that the inspector knows, with what they are about.
  public static var objects: [(name: String, summary: String)] {
    InspectorObject.visible.map { ($0.name, $0.summary) }
  }

  /// Whether `word` is one of the inspector's first words, or the beginning of one.
  public static func knows(_ word: String) -> Bool { InspectorObject.named(word) != nil }

  /// Does what the words say on the standard streams; the answer is the status with which the command ends.
  public func run() -> UInt8 {
    guard let output = try? BufferedOutput(.output), let errors = try? BufferedOutput(.error, buffering: .full) else {
      return 1
    }
    return run(output: output, errors: errors)
  }

  /// Does what the words say; the answer is the status with which the command ends.
  public func run(
    output: BufferedOutput, errors: BufferedOutput, kernel: any KernelCalls = LiveKernel()
  ) -> UInt8 {
    var options = GlobalOptions()
    do throws(InspectorError) {
      let words = try options.take(from: words)
      try call(words, options, output, errors, kernel)
      do throws(SystemCallError) { try output.flush() } catch { throw .systemCall(error) }
      try? errors.flush()
      return 0
    } catch {
      return end(error, options, output, errors)
    }
  }

  /// Does one command, whose options have been taken.
  func call(
    _ words: [String], _ options: GlobalOptions, _ output: BufferedOutput, _ errors: BufferedOutput,
    _ kernel: any KernelCalls
  ) throws(InspectorError) {
    var words = words[...]
    if options.asksForVersion { return try say(version, options, output) }
    guard let first = words.popFirst() else { return try say(overview, options, output) }
    if first == "version" { return try say(version, options, output) }
    if first == "help" {
      guard let topic = words.popFirst().flatMap(InspectorObject.named) else {
        return try say(overview, options, output)
      }
      return try say(topic.help(calledAs: name.rawValue), options, output)
    }
    guard let object = InspectorObject.named(first) else {
      throw .usage("unknown word '\(first)'; there are: \(Self.list)")
    }
    if options.asksForHelp || (words.isEmpty && object.isHelpAlone) {
      return try say(object.help(calledAs: name.rawValue), options, output)
    }
    let operation: InspectorObject.Operation
    if object.hasOneOperation {
      if words.first == "help" { return try say(object.help(calledAs: name.rawValue), options, output) }
      operation = object.operations[0]
    } else if let word = words.popFirst() {
      if !word.isEmpty, "help".hasPrefix(word), object.operation(named: word) == nil {
        return try say(object.help(calledAs: name.rawValue), options, output)
      }
      guard let found = object.operation(named: word) else {
        let names = object.operations.map { $0.names[0] }.joined(separator: ", ")
        throw .usage("\(object.name): unknown operation '\(word)'; there are: \(names)")
      }
      operation = found
    } else {
      operation = object.operations[0]
    }
    var call = InspectorCall(words: words, options: options, output: output, errors: errors, kernel: kernel)
    try operation.run(&call)
  }

  /// The answer to a question about the command itself.
  private func say(
    _ text: String, _ options: GlobalOptions, _ output: BufferedOutput
  ) throws(InspectorError) {
    do throws(SystemCallError) {
      guard options.isJSON else { return try output.write(text) }
      var json = JSONWriter(to: output, isPretty: options.isPretty)
      try json.object { json throws(SystemCallError) in try json.member("text", text) }
    } catch { throw .systemCall(error) }
  }

  /// bpftool's first line, by which scripts tell what they have; then who answers.
  private var version: String { "bpftool v7.8.0\nby swift-bpf, without libbpf\n" }

  private var overview: String {
    let width = InspectorObject.visible.map(\.name.count).max() ?? 0
    let objects = InspectorObject.visible.map { object in
      "  \(object.name)\(String(repeating: " ", count: width - object.name.count))   \(object.summary)\n"
    }
    let options = GlobalOptions.words.map { option in
      "  -\(option.letter), --\(option.word)\(String(repeating: " ", count: 12 - option.word.count))\(option.summary)\n"
    }
    return """
      Usage: \(name.rawValue) [OPTION...] OBJECT { OPERATION | help }
             \(name.rawValue) version

      Objects:
      \(objects.joined())
      Options:
      \(options.joined())
      """
  }

  private static var list: String { InspectorObject.visible.map(\.name).joined(separator: ", ") }

  private func end(
    _ error: InspectorError, _ options: GlobalOptions, _ output: BufferedOutput, _ errors: BufferedOutput
  ) -> UInt8 {
    var isAnswered = false
    if case .answered = error { isAnswered = true }
    // Nobody is left to hear of a failure to write here.
    if options.isJSON, !isAnswered {
      var json = JSONWriter(to: output, isPretty: options.isPretty)
      try? json.object { json throws(SystemCallError) in try json.member("error", "\(error)") }
    }
    try? output.flush()
    if !options.isJSON { try? errors.write("Error: \(error)\n") }
    try? errors.flush()
    if name == .bpftool { return error.bpftoolStatus }
    if case .usage = error { return 2 }
    return 1
  }
}
