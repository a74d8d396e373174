internal import Diagnostics

/// What clang's BPF backend says, in words for the person who wrote Swift.
enum BackendMessages {
  /// The problems in clang's errors on a rewritten module, each once.
  static func problems(in errors: String, of rewriting: Rewriting) -> [BuildProblem] {
    var problems: [BuildProblem] = []
    let functions = rewriting.places
    var told: Set<String> = []
    for line in errors.split(separator: "\n") {
      guard let mark = line.firstRange(ofText: "error: ")?.lowerBound else { continue }
      let message = String(line[mark...].dropFirst("error: ".utf8.count))
      if message.contains(text: "too many errors emitted") { continue }
      if message.contains(text: "stack limit is exceeded"), let name = function(message) {
        // It comes once for each access that lies too far down.
        if told.insert(name).inserted { problems.append(rewriting.stackProblem(ofFunction: name)) }
        continue
      }
      let problem = problem(message, at: place(line[..<mark]), functions)
      // That a number of two registers comes back is what follows from the call to the function that makes it.
      if problem.id == "unsuitable-subprogram", problems.contains(where: { $0.place == problem.place }) { continue }
      if !problems.contains(problem) { problems.append(problem) }
    }
    if problems.isEmpty {
      problems.append(BuildProblem("backend", "clang failed: \(errors)", at: nil, hints: []))
    }
    return problems
  }

  /// `error: a.swift:6:58: in function …` has its place behind the word, `a.swift:6:58: error: …` before it.
  private static func place(_ text: Substring) -> SourcePlace? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count >= 4, let line = Int(parts[parts.count - 3]), let column = Int(parts[parts.count - 2]) else {
      return nil
    }
    return SourcePlace(file: parts.dropLast(3).joined(separator: ":"), line: line, column: column)
  }

  /// The name behind `in function`.
  private static func function(_ message: String) -> String? {
    message.firstRange(ofText: "in function ").map { range in
      String(message[range.upperBound...].prefix { $0 != " " })
    }
  }

  private static func problem(
    _ message: String, at place: SourcePlace?, _ functions: [String: SourcePlace]
  ) -> BuildProblem {
    var place = place
    var message = message
    // The place may come first in the message.
    let parts = message.split(separator: ":", maxSplits: 3, omittingEmptySubsequences: false)
    if place == nil, parts.count == 4, let line = Int(parts[1]), let column = Int(parts[2]) {
      place = SourcePlace(file: String(parts[0]), line: line, column: column)
      message = String(parts[3].drop { $0 == " " })
    }
    if place?.line ?? 0 == 0, let name = function(message) { place = functions[name] ?? place }
    if message.contains(text: "built-in function '__"), message.contains(text: "f3'") || message.contains(text: "df") {
      return .impossible(.floatingPoint, at: place)
    }
    if message.contains(text: "built-in function '__"), message.contains(text: "ti3'") {
      return .impossible(.wideInteger, at: place)
    }
    if message.contains(text: "only small returns supported") || message.contains(text: "aggregate returns") {
      return BuildProblem(
        "unsuitable-subprogram", "a function that is not inlined returns more than one register", at: place,
        hints: ["mark it @inline(__always), or pass a pointer to the result"])
    }
    return BuildProblem("backend", "the BPF backend refuses this: \(message)", at: place, hints: [])
  }
}
