internal import Inspector
internal import LinuxSystem

/// `batch file FILE`: commands from a file, a line each.
///
/// What stands behind `#` is a remark, a backslash at the end of a line goes on with the next, and words may be quoted.
struct BatchFile {
  /// A command, and on which line it begins.
  struct Command: Hashable {
    var line: Int
    var words: [String]
  }

  /// The commands, without empty lines.
  let commands: [Command]

  /// Takes a text apart.
  ///
  /// - Throws: ``InspectorError/failed(_:)`` for a quotation that does not end.
  init(_ text: String) throws(InspectorError) {
    var commands: [Command] = []
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
    var number = 0
    while var line = lines.popFirst() {
      number += 1
      let first = number
      while line.hasSuffix("\\"), let next = lines.popFirst() {
        line = String(line.dropLast()) + next
        number += 1
      }
      let words = try Self.words(of: line, first)
      if !words.isEmpty { commands.append(Command(line: first, words: words)) }
    }
    self.commands = commands
  }

  private static func words(of line: String, _ number: Int) throws(InspectorError) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for letter in line {
      if let open = quote {
        if letter == open { quote = nil } else { word = (word ?? "") + String(letter) }
      } else if letter == "'" || letter == "\"" {
        quote = letter
        word = word ?? ""
      } else if letter == "#", word == nil {
        break
      } else if letter == " " || letter == "\t" || letter == "\r" {
        if let ended = word { words.append(ended) }
        word = nil
      } else {
        word = (word ?? "") + String(letter)
      }
    }
    if let quote { throw .failed("line \(number): the quotation that \(quote) opens does not end") }
    if let word { words.append(word) }
    return words
  }
}

extension InspectorObject {
  /// Several commands from a file.
  static let batch = InspectorObject(
    name: "batch", summary: "several commands from a file",
    operations: [
      Operation(
        "file", arguments: "FILE",
        summary: "run the commands of a file, a line each, until one fails; - is standard input"
      ) { call throws(InspectorError) in try runBatch(&call) }
    ])

  private static func runBatch(_ call: inout InspectorCall) throws(InspectorError) {
    let path = try call.takeWord("a file with commands")
    try call.expectEnd()
    let batch = try BatchFile(
      InspectorError.wrap { () throws(SystemCallError) in
        try path == "-"
          ? String(decoding: StandardStream.input.duplicate().readToEnd(subject: "standard input"), as: UTF8.self)
          : FileSystem.text(of: path)
      })
    guard call.options.isJSON else {
      for command in batch.commands { try run(command, call) }
      return try call.write("processed \(batch.commands.count) commands\n")
    }
    // Each answer is a document of its own, which stands in the array as it is.
    try call.write("[")
    var failure: InspectorError?
    for (place, command) in batch.commands.enumerated() {
      let words = command.words.map(JSONWriter.quoted).joined(separator: ",")
      try call.write("\(place > 0 ? "," : ""){\"command\":[\(words)],\"output\":")
      let start = call.output.byteCount
      do throws(InspectorError) { try run(command, call) } catch {
        if call.output.byteCount == start { try call.write("{\"error\":\(JSONWriter.quoted("\(error)"))}") }
        failure = error
      }
      if call.output.byteCount == start { try call.write("null") }
      try call.write("}")
      if failure != nil { break }
    }
    try call.write("]\n")
    if let failure { throw .answered("\(failure)", failure.errno ?? .notPermitted) }
  }

  private static func run(_ command: BatchFile.Command, _ call: InspectorCall) throws(InspectorError) {
    guard let first = command.words.first, !"batch".hasPrefix(first) else {
      throw .usage("line \(command.line): a batch in a batch")
    }
    try InspectorInvocation(command.words, calledAs: .bpf).call(
      command.words, call.options, call.output, call.errors, call.kernel)
  }
}
