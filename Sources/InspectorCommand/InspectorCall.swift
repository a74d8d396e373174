internal import Inspector
internal import KernelInterface
internal import LinuxSystem

/// One call of a word: what it was given, and where its answer goes.
struct InspectorCall {
  /// The words behind the object's and the operation's.
  var words: ArraySlice<String>
  let options: GlobalOptions
  let output: BufferedOutput
  /// Where warnings go.
  let errors: BufferedOutput
  let kernel: any KernelCalls

  /// Writes an answer: as JSON when that is asked for, else as text.
  func answer(
    json: (inout JSONWriter) throws(SystemCallError) -> Void, text: () -> String
  ) throws(InspectorError) {
    do throws(SystemCallError) {
      if options.isJSON {
        var writer = JSONWriter(to: output, isPretty: options.isPretty)
        try json(&writer)
      } else {
        try output.write(text())
      }
    } catch { throw .systemCall(error) }
  }

  /// Tells on the error stream what the answer does not; JSON stands alone.
  func warn(_ text: String) {
    // Nobody is left to hear of a failure to write here.
    if !options.isJSON { try? errors.write("Warning: \(text)\n") }
  }

  /// Writes a part of an answer that is text.
  func write(_ text: String) throws(InspectorError) {
    do throws(SystemCallError) { try output.write(text) } catch { throw .systemCall(error) }
  }

  /// The answer of an operation that changes something: nothing, or `null`.
  func answerDone() throws(InspectorError) {
    try answer { json throws(SystemCallError) in
      try json.null()
    } text: {
      ""
    }
  }

  /// The next word.
  ///
  /// - Throws: ``InspectorError/usage(_:)`` that says what was expected when there is none.
  mutating func takeWord(_ expected: String) throws(InspectorError) -> String {
    guard let word = words.popFirst(), !word.isEmpty else { throw .usage("expected \(expected)") }
    return word
  }

  /// Takes the next word when it begins one of `names`; nil when it does not.
  mutating func takeKeyword(_ names: [String]) -> String? {
    guard let word = words.first, !word.isEmpty, let name = names.first(where: { $0.hasPrefix(word) }) else {
      return nil
    }
    words = words.dropFirst()
    return name
  }

  /// - Throws: ``InspectorError/usage(_:)`` when words are left over.
  func expectEnd() throws(InspectorError) {
    if let word = words.first { throw .usage("what is '\(word)'?") }
  }
}
