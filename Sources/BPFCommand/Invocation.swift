internal import BuildCommand
internal import Diagnostics
internal import InspectorCommand
internal import LinuxSystem

/// One call of the command: which of its words is meant, and with which arguments.
///
///     Invocation(["bpf", "trace", "-l"])      // as Invocation(["bpftrace", "-l"])
///     Invocation(["bpf", "prog", "show"])     // as Invocation(["bpftool", "prog", "show"])
public struct Invocation: Hashable, Sendable {
  enum Meaning: Hashable, Sendable {
    case trace(TraceRequest, calledAs: String)
    case run(RunRequest)
    case build(BuildInvocation)
    case inspect([String], calledAs: InspectorInvocation.Name)
    case answer(Answer)
  }

  let meaning: Meaning

  /// Reads a command line, the program's own name first.
  ///
  /// A file of the name `bpftrace` is `bpf trace`, one of the name `bpftool` has the inspector's words alone.
  public init(_ arguments: [String], environment: [String: String]) {
    let name = arguments.first?.split(separator: "/").last.map(String.init) ?? "bpf"
    let words = Array(arguments.dropFirst())
    meaning =
      switch name {
      case "bpftrace": Self.trace(words, environment, calledAs: name)
      case "bpftool": .inspect(words, calledAs: .bpftool)
      default: Self.meaning(of: words, environment: environment)
      }
  }

  private static func meaning(of words: [String], environment: [String: String]) -> Meaning {
    guard let first = words.first else { return .answer(.refused(help)) }
    let rest = Array(words.dropFirst())
    switch first {
    case "-V", "--version": return .answer(.said(version))
    case "-h", "--help": return .answer(.said(help))
    default: break
    }
    switch Word(rawValue: first) {
    case .trace: return trace(rest, environment, calledAs: "bpf trace")
    case .run: return run(rest, environment)
    case .build: return .build(BuildInvocation(rest, calledAs: "bpf build"))
    case .version: return .answer(.said(version))
    case .help:
      guard let topic = rest.first else { return .answer(.said(help)) }
      switch Word(rawValue: topic) {
      case .trace: return .answer(.said(TraceHelp.text(calledAs: "bpf trace")))
      case .run: return .answer(.said(RunHelp.text))
      case .build: return .build(BuildInvocation(["--help"], calledAs: "bpf build"))
      case .help, .version: return .answer(.said(help))
      case nil:
        return InspectorInvocation.knows(topic)
          ? .inspect([topic, "help"], calledAs: .bpf) : .answer(.refused(unknown(topic)))
      }
    case nil:
      // The inspector's options may stand before its words.
      if let word = words.first(where: { !$0.hasPrefix("-") }), InspectorInvocation.knows(word) {
        return .inspect(words, calledAs: .bpf)
      }
      return .answer(.refused(unknown(first)))
    }
  }

  private static func trace(
    _ arguments: [String], _ environment: [String: String], calledAs name: String
  ) -> Meaning {
    if arguments.isEmpty { return .answer(.refused(TraceHelp.text(calledAs: name))) }
    do {
      let request = try TraceRequest(arguments: arguments, environment: environment)
      switch request.action {
      case .help: return .answer(.said(TraceHelp.text(calledAs: name)))
      case .version: return .answer(.said("bpftrace v\(BPFVersion.bpftrace) (bpf \(BPFVersion.package))\n"))
      default: return .trace(request, calledAs: name)
      }
    } catch {
      return .answer(.refused("\(name): \(error)\n\(TraceHelp.hint(calledAs: name))"))
    }
  }

  private static func run(_ arguments: [String], _ environment: [String: String]) -> Meaning {
    if arguments.isEmpty { return .answer(.refused(RunHelp.text)) }
    do throws(RunUsageError) {
      let request = try RunRequest(arguments: arguments, environment: environment)
      return request.asksForHelp ? .answer(.said(RunHelp.text)) : .run(request)
    } catch {
      return .answer(.refused("bpf run: \(error)\n\(RunHelp.hint)"))
    }
  }

  /// Does what is asked and ends the process.
  public func run() -> Never {
    try? Signal.brokenPipe.ignore()
    switch meaning {
    case .answer(let answer):
      let console = Console()
      console.write(answer.output)
      console.complain(answer.errors)
      ProcessEnd.exit(answer.status)
    case .inspect(let words, let name): ProcessEnd.exit(InspectorInvocation(words, calledAs: name).run())
    case .build(let call): ProcessEnd.exit(call.run())
    case .run(let request): ProcessEnd.exit(RunCommand(request).run())
    case .trace(let request, let name):
      ProcessEnd.exit(TraceCommand(request, calledAs: name).run())
    }
  }

  private static var version: String { "bpf \(BPFVersion.package)\n" }

  private static var help: String {
    """
    Usage: bpf WORD [ARGUMENT...]
           bpf --version

    Words:
    \(Word.list)
    What is loaded (bpf WORD help tells more):
    \(Word.list(InspectorInvocation.objects))
    Called by the name bpftrace, this program is bpf trace; called bpftool, it has the words of the second list.

    """
  }

  private static func unknown(_ word: String) -> String {
    let words = Word.allCases.map(\.rawValue) + InspectorInvocation.objects.map(\.name)
    let nearest = NearestNames.nearest(to: word, among: words)
    let listed = nearest + words.filter { !nearest.contains($0) }
    let suggestion = nearest.first.map { "; did you mean '\($0)'?" } ?? ""
    return "bpf: unknown word '\(word)'\(suggestion)\nWords: \(listed.joined(separator: ", "))\n"
  }
}
