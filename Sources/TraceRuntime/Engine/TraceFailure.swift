public import BPF
public import Diagnostics
public import LinuxSystem
public import TraceCompiler

/// Why a run could not be made or had to be given up.
public enum TraceFailure: Error, Sendable {
  /// The kernel refused a program.
  case programRefused(Diagnostic, log: String)
  /// A map could not be created.
  case mapRefused(CompiledMap, BPFError)
  /// A map could not be read or changed.
  case map(BPFError)
  /// A program of begin or end could not be run.
  case run(program: String, BPFError)
  /// A probe could not be attached.
  case attach(AttachFailure)
  /// No probe at all was attached.
  case nothingAttached
  /// The output could not be written.
  case output(SystemCallError)
  /// Something else that the run needs of the system.
  case system(SystemCallError)

  /// The exit status that tells the shell of it.
  public var status: Int32 { 255 }
}

extension TraceFailure {
  /// What is said to the user, ending in a newline; with `isVerbose`, also what the verifier said.
  public func text(of source: SourceText, isVerbose: Bool, isColoured: Bool) -> String {
    switch self {
    case .programRefused(let diagnostic, let log):
      var text = DiagnosticRenderer([source], isColoured: isColoured).render(diagnostic)
      if isVerbose {
        text += "The verifier's log:\n\(log)" + (log.hasSuffix("\n") ? "" : "\n")
      } else if !log.isEmpty {
        text += "HINT: -v shows the verifier's log\n"
      }
      return text
    case .attach(let failure):
      return "ERROR: \(failure.text)\n" + (failure.remedy.isEmpty ? "" : "HINT: \(failure.remedy)\n")
    case .nothingAttached:
      return "ERROR: No probes to attach\n"
    case .mapRefused(let map, let error): return Self.words(for: map, error)
    case .map(let error): return "ERROR: \(error)\n"
    case .run(let program, let error): return "ERROR: \(program) could not be run: \(error)\n"
    case .output(let error): return "ERROR: the output could not be written: \(error)\n"
    case .system(let error): return "ERROR: \(error)\n"
    }
  }

  /// The longest key that Linux before 5.12 takes in a hash map (`MAX_BPF_STACK` in `htab_map_alloc_check` of the
  /// kernel's `kernel/bpf/hashtab.c`).
  private static let longestOldKey = 512

  private static func words(for map: CompiledMap, _ error: BPFError) -> String {
    let call: SystemCallError
    switch error {
    case .systemCall(let failed): call = failed
    case .mapRefused(let refusal): call = refusal.error
    default: return "ERROR: \(error)\n"
    }
    var name = "a map for the run itself"
    if case .script(let given, _, _) = map.role { name = given }
    switch call.errno {
    case .notPermitted:
      return "ERROR: the kernel does not permit making BPF maps (\(call))\n"
        + "HINT: run as root, or with the capabilities CAP_BPF and CAP_PERFMON\n"
    case .argumentListTooLong where map.keyByteCount > longestOldKey:
      return "ERROR: this kernel takes no keys of \(map.keyByteCount) bytes, as \(name) has them\n"
        + "HINT: shorten the strings in the key: str(s, 64), or BPFTRACE_MAX_STRLEN=256 for all\n"
    case .argumentListTooLong, .noMemory:
      return "ERROR: the kernel has no room for \(name): \(map.maximumEntries) entries of "
        + "\(map.keyByteCount) + \(map.valueByteCount) bytes (\(call.errno.name))\n"
        + "HINT: BPFTRACE_MAX_MAP_KEYS=N makes maps smaller\n"
    default:
      return "ERROR: \(name) could not be made: \(error)\n"
    }
  }
}
