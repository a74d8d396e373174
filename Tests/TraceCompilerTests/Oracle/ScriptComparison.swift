import BTF
import Bytecode
import Diagnostics
import LinuxSystem
import TraceLanguage

@testable import TraceCompiler

/// Compares what a script's program does in the kernel with what the interpreter says.
///
/// A first line that begins with `//!` says for what machine a script is compiled: `v2` or `v3` for an older instruction
/// set, `namespace` for process ids told through our pid namespace, `warnings N` for the level of warnings, `hidden` to
/// hide values from the verifier; `uprobe`, `tracepoint`, `interval` to have the body loaded as such a program too.
enum ScriptComparison {
  /// What is wrong with a script, or with us.
  struct Difference {
    enum Kind: Equatable { case notParsed, notCompiled, tooBig, refused, mapsDiffer, printedDiffers, endless }

    var kind: Kind
    var text: String
    /// What is said first, without the place: reductions keep to it.
    var subject = ""

    func isLike(_ other: Difference?) -> Bool { kind == other?.kind && subject == other?.subject }
  }

  struct NotParsed: Error { var text: String }

  /// This thread's name and this process, as programs see them.
  static var environment: ScriptInterpreter.Environment {
    let name = (try? FileSystem.text(of: "/proc/thread-self/comm"))?.split(separator: "\n").first ?? ""
    let status = (try? FileSystem.text(of: "/proc/self/stat")) ?? ""
    let thread = (try? FileSystem.target(ofLink: "/proc/thread-self"))?.split(separator: "/").last ?? ""
    let parent = status.split(separator: ")").last?.split(separator: " ").dropFirst().first ?? ""
    return ScriptInterpreter.Environment(
      command: Array(name.utf8), process: UInt32(status.prefix { $0 != " " }) ?? 0, thread: UInt32(thread) ?? 0,
      parent: UInt32(parent) ?? 0)
  }

  /// The running kernel's types.
  static let kernelTypes: TypeGraph? = {
    guard let bytes = try? FileSystem.contents(of: "/sys/kernel/btf/vmlinux") else { return nil }
    return try? TypeGraph(bytes: bytes)
  }()

  static func machine(for text: String) -> (RecordedTarget, CompilerOptions) {
    var target = RecordedTarget(kernelTypes: kernelTypes)
    var options = CompilerOptions()
    target.features.possibleCPUCount = KernelScript.possibleCPUCount
    guard text.hasPrefix("//!") else { return (target, options) }
    let words = text.prefix { $0 != "\n" }.split(separator: " ")
    if words.contains("v2") || words.contains("v3") { target.features.hasVersion4Instructions = false }
    if words.contains("v2") { target.features.hasFetchingAtomics = false }
    if words.contains("namespace"), let status = try? FileStatus(of: "/proc/self/ns/pid") {
      target.features.processNamespace = .init(device: status.device, inode: status.inode)
    }
    options.hidesValuesFromVerifier = words.contains("hidden")
    if let index = words.firstIndex(of: "warnings") { options.warningLevel = Int(words[index + 1]) ?? 1 }
    return (target, options)
  }

  static func parse(_ text: String) throws -> (tree: Script, source: SourceText) {
    let source = SourceText(name: "stdin", text)
    var diagnostics = DiagnosticList()
    let script = Script(parsing: source, reporting: &diagnostics)
    if diagnostics.hasErrors { throw NotParsed(text: DiagnosticRenderer([source]).render(diagnostics)) }
    return (script, source)
  }

  static func kind(of text: String) -> Difference.Kind? { (try? difference(of: text))?.kind }

  /// A message without names and numbers.
  private static func subject(_ message: String) -> String { message.filter { !$0.isNumber } }

  /// What is wrong with a script; `checksEachPass` has the compiler look at its own work, which takes as long again.
  static func difference(of text: String, checksEachPass: Bool = true) throws -> Difference? {
    let script: (tree: Script, source: SourceText)
    do {
      script = try parse(text)
    } catch let error as NotParsed {
      return Difference(kind: .notParsed, text: error.text)
    }
    var (target, options) = machine(for: text)
    options.checksEachPass = checksEachPass
    let compiler = ScriptCompiler(target: target, options: options)
    let compilation = compiler.compile(script.tree, source: script.source)
    guard let compiled = compilation.script else { return difference(compilation.diagnostics, in: script.source) }
    var interpreter = ScriptInterpreter(script.tree, environment: environment)
    do {
      try interpreter.run()
    } catch {
      return Difference(kind: .endless, text: "")
    }
    let kernel = try KernelScript(compiled)
    do {
      try kernel.run()
    } catch let refusal as KernelScript.Refused {
      return Difference(kind: .refused, text: refusal.description, subject: subject(refusal.reason))
    }
    for (word, attachPoint) in [
      ("uprobe", "uprobe:/bin/true:main"), ("tracepoint", "tracepoint:sched:sched_switch"),
      ("interval", "interval:s:1"),
    ] where text.prefix(while: { $0 != "\n" }).contains(word) {
      if let difference = try refusal(of: text, as: attachPoint, compiler) { return difference }
    }
    let expected = interpreter.contents(), found = try kernel.contents()
    if expected != found {
      var text = ""
      for name in Set(expected.keys).union(found.keys).sorted() where expected[name] != found[name] {
        let (wanted, got) = (expected[name] ?? [], found[name] ?? [])
        text += "\(name): expected \(wanted.subtracting(got).sorted()), found \(got.subtracting(wanted).sorted())\n"
      }
      return Difference(kind: .mapsDiffer, text: text)
    }
    let printed = try kernel.printed()
    if printed != interpreter.printed {
      return Difference(kind: .printedDiffers, text: "expected \(interpreter.printed)\nfound    \(printed)")
    }
    return nil
  }

  /// Limits of the kernel, which a made-up script may exceed: that is said at the script's line, and is right so.
  private static let limits: Set<String> = ["program-too-long", "too-many-instructions", "scratch-too-big"]

  private static func difference(_ diagnostics: DiagnosticList, in source: SourceText) -> Difference {
    let first = diagnostics.errors.first
    return Difference(
      kind: limits.contains(first?.id ?? "") ? .tooBig : .notCompiled,
      text: DiagnosticRenderer([source]).render(diagnostics), subject: subject(first?.message ?? ""))
  }

  /// Whether the same body is refused in another kind of program, which is loaded and not run.
  private static func refusal(
    of text: String, as attachPoint: String, _ compiler: ScriptCompiler
  ) throws -> Difference? {
    guard let start = text.firstRange(of: "begin") else { return nil }
    let script = try parse(text.replacingCharacters(in: start, with: attachPoint))
    let compilation = compiler.compile(script.tree, source: script.source)
    guard let compiled = compilation.script else { return difference(compilation.diagnostics, in: script.source) }
    do {
      try KernelScript(compiled).load()
    } catch let refusal as KernelScript.Refused {
      return Difference(kind: .refused, text: refusal.description, subject: subject(refusal.reason))
    }
    return nil
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
    var result = self
    result.replaceSubrange(range, with: text)
    return result
  }
}
