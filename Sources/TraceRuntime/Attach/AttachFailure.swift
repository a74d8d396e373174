import BPF
internal import Diagnostics
import LinuxSystem
import TraceCompiler

/// Why a probe could not be attached, and what to do about it.
public struct AttachFailure: Error, Hashable, Sendable {
  /// The probe, by its full name.
  public var probe: String
  /// What went wrong, in one sentence without a full stop.
  public var cause: String
  /// What to do instead; empty when nothing is known that helps.
  public var remedy: String

  /// A failure.
  public init(probe: String, cause: String, remedy: String = "") {
    self.probe = probe
    self.cause = cause
    self.remedy = remedy
  }

  /// What is said to the user.
  var text: String {
    "Unable to attach probe: \(probe): \(cause). If this is expected, set the 'missing_probes' config variable to 'warn'."
  }
}

extension AttachFailure {
  /// Puts a failed call into words: by the place first, then by what any place can fail with.
  init(_ error: BPFError, at attachment: CompiledProgram.Attachment, process: Int32?) {
    let probe = attachment.probes.first?.name ?? "\(attachment.site)"
    guard case .systemCall(let call) = error else {
      self.init(probe: probe, cause: "\(error)")
      return
    }
    let words = Self.words(call, at: attachment.site, process: process) ?? Self.words(call)
    self.init(probe: probe, cause: words.cause, remedy: words.remedy)
  }

  private static func words(_ call: SystemCallError) -> (cause: String, remedy: String) {
    switch call.errno {
    case .notPermitted, .permissionDenied:
      (
        "the kernel does not permit it (\(call))",
        "run as root, or with CAP_BPF and CAP_PERFMON; lockdown and kernel.perf_event_paranoid can forbid it too"
      )
    case .tooManyOpenFiles: ("this process may not have more open files", "raise the limit: ulimit -n 65536")
    default: ("\(call)", "")
    }
  }

  private static func words(
    _ call: SystemCallError, at site: ProbeSite, process: Int32?
  ) -> (cause: String, remedy: String)? {
    switch (site, call.errno) {
    case (.kernelFunction(_, let function, _, _), .noSuchFileOrDirectory) where call.subject.contains(text: "/kprobe/"):
      (
        "this kernel was built without kprobes (CONFIG_KPROBE_EVENTS), so \(function) cannot be probed",
        "look for a tracepoint instead: bpf trace -l 'tracepoint:*\(function.split(separator: "_").last ?? "")*'"
      )
    case (.kernelFunction(_, let function, _, _), .noSuchFileOrDirectory):
      (
        "the kernel has no function \(function) that can be probed",
        "it may be inlined, or the compiler gave it another name: bpf trace -l 'kprobe:\(function)*'"
      )
    case (.kernelFunction(_, let function, let offset, _), .illegalByteSequence):
      (
        "Possible attachment attempt in the middle of an instruction: \(function)+\(offset)",
        "an offset must be where an instruction begins; gdb's disassemble shows where"
      )
    case (.kernelFunction(_, let function, let offset, _), .invalidArgument):
      (
        "\(function)\(offset == 0 ? "" : "+\(offset)") cannot be probed",
        "some functions are closed to probes, and an offset must be where an instruction begins"
      )
    case (.userFunction(let path, _, _, _), .noSuchFileOrDirectory) where call.subject.contains(text: "/uprobe/"):
      ("this kernel was built without uprobes (CONFIG_UPROBE_EVENTS), so \(path) cannot be probed", "")
    case (.userFunction(let path, _, let offset, _), .invalidArgument):
      (
        "offset \(offset) of \(path) cannot be probed",
        "it must be where an instruction begins, in a file that can be executed"
      )
    case (.tracepoint(let subsystem, let event), .noSuchFileOrDirectory) where call.subject.contains(text: event):
      (
        "the kernel has no tracepoint \(subsystem):\(event)",
        "list those there are: bpf trace -l 'tracepoint:\(subsystem):*'"
      )
    case (.rawTracepoint(let event), .noSuchFileOrDirectory):
      ("the kernel has no raw tracepoint \(event)", "list those there are: bpf trace -l 'rawtracepoint:*'")
    case (_, .noSuchProcess):
      ("there is no process \(process.map(String.init) ?? "") to attach to", "")
    default:
      nil
    }
  }
}

extension SystemErrno {
  /// `EILSEQ`: what a kprobe is refused with when its place is no instruction's beginning.
  fileprivate static let illegalByteSequence = Self(rawValue: 84)
}
