internal import Diagnostics

/// Remedies for what the Swift compiler says, which does not know that it compiles for the kernel.
enum CompilerHints {
  /// What to do about the errors in a compiler's text, each remedy once.
  static func hints(for text: String, importsLibrary: Bool) -> [String] {
    var hints: [String] = []
    for line in text.split(separator: "\n") where line.contains(text: "error: ") || line.contains(text: "warning: ") {
      guard !line.contains(text: "`- "), let hint = hint(for: line, importsLibrary), !hints.contains(hint) else {
        continue
      }
      hints.append(hint)
    }
    return hints
  }

  private static func hint(for line: Substring, _ importsLibrary: Bool) -> String? {
    if line.contains(text: "in scope"), !importsLibrary { return "a kernel program begins with: import BPFKernel" }
    return remedies.first { line.contains(text: $0.words) }?.hint
  }

  /// Words of the compiler's messages; the first that fit count.
  private static let remedies: [(words: String, hint: String)] = [
    (
      "no such module 'BPF'",
      "BPF is the library of the user's side; a kernel program imports BPFKernel"
    ),
    (
      "no such module",
      "a kernel program imports BPFKernel, Synchronization, and modules in folders that -I names"
    ),
    ("any Error'", "name the type of the error: func f() throws(Problem), do throws(Problem) { … }"),
    ("untyped throws", "name the type of the error: func f() throws(Problem), do throws(Problem) { … }"),
    (
      "cannot use a value of protocol type",
      "take the value by its own type: a generic parameter, or `some` in place of `any`"
    ),
    ("cannot use key path", "use a closure or a switch in place of a key path"),
    (
      "generic type 'TracepointContext' requires",
      "`bpf gen tracepoint SUBSYSTEM:EVENT` writes the type of the record; AnyContext is for programs that read no field"
    ),
    (
      "does not conform to protocol 'BitwiseCopyable'",
      "keys, values and records are bytes: use integers, Characters, InlineArray and structures of these"
    ),
    ("cannot find 'Task' in scope", "a program runs to its end without waiting: use a timer, or wait in user space"),
    ("to expected argument type 'String'", "there is no String in a program: compare and copy bytes"),
  ]
}
