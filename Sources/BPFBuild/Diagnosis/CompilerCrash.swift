internal import Diagnostics
internal import LinuxSystem

/// The Swift compiler gave up in the middle: what it was working on, and what that probably means.
struct CompilerCrash {
  /// What is left of its words once the stack is taken away: the errors before it.
  var text: String
  var problem: BuildProblem

  /// Nil when the compiler ended in good order.
  init?(_ outcome: CommandRun.Outcome) {
    let errors = String(decoding: outcome.errors, as: UTF8.self)
    guard let dump = errors.firstRange(ofText: "Stack dump:\n")?.lowerBound else {
      guard case .killed = outcome.ending else { return nil }
      text = errors
      problem = Self.problem(at: nil, isAsync: false)
      return
    }
    text = errors.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { $0.contains(text: ": error: ") || $0.contains(text: ": warning: ") }
      .map { $0 + "\n" }.joined()
    // `3. While emitting IR SIL function "@$e7program1fyyYaF".` and ` for 'f()' (at a.swift:3:1)`
    var place: SourcePlace?
    var isAsync = false
    for line in errors[dump...].split(separator: "\n") {
      if let position = line.firstRange(ofText: "(at ")?.lowerBound {
        let parts = line[position...].dropFirst(4).prefix { $0 != ")" }.split(separator: ":")
        if parts.count >= 3, let number = Int(parts[parts.count - 2]), let column = Int(parts[parts.count - 1]) {
          place = SourcePlace(file: parts.dropLast(2).joined(separator: ":"), line: number, column: column)
        }
      }
      if line.contains(text: "SIL function"), line.contains(text: "Ya") { isAsync = true }
    }
    problem = Self.problem(at: place, isAsync: isAsync)
  }

  private static func problem(at place: SourcePlace?, isAsync: Bool) -> BuildProblem {
    if isAsync {
      return BuildProblem(
        "async", "this is an async function, and a kernel program runs to its end without waiting", at: place,
        hints: ["use a timer, or hand a record to user space and wait there"])
    }
    return BuildProblem(
      "compiler-crash", "the Swift compiler crashed on this", at: place,
      hints: ["write it in simpler terms; async functions, existentials and key paths are known to do this"])
  }
}

extension BuildProblem {
  static func unknownToolchain(_ description: String) -> Self {
    BuildProblem(
      "unknown-toolchain", "kernel programs were not tried with \(description)", at: nil,
      hints: [
        "when something fails that should not, use Swift \(ToolchainVersion.newest.major).\(ToolchainVersion.newest.minor)"
      ],
      severity: .warning)
  }
}
