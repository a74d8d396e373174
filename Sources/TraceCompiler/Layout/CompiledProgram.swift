/// One program and the probes that it serves.
public struct CompiledProgram: Sendable {
  /// How the kernel is told what the program is.
  public enum Kind: Hashable, Sendable {
    /// Run once through `BPF_PROG_TEST_RUN`, as a raw tracepoint program.
    case testRun
    /// `BPF_PROG_TYPE_TRACEPOINT`, on a perf event.
    case tracepoint
    /// `BPF_PROG_TYPE_RAW_TRACEPOINT`.
    case rawTracepoint
    /// `BPF_PROG_TYPE_TRACING` on a tracepoint, by the id of its `btf_trace_` type.
    case typedRawTracepoint(typeID: UInt32)
    /// `BPF_PROG_TYPE_TRACING` on the entry or the exit of a kernel function, by its BTF id.
    case trampoline(typeID: UInt32, isExit: Bool)
    /// `BPF_PROG_TYPE_KPROBE`, on kernel or user functions.
    case kprobe
    /// `BPF_PROG_TYPE_PERF_EVENT`.
    case perfEvent
  }

  /// One place that the program is attached to.
  public struct Attachment: Hashable, Sendable {
    /// Where.
    public var site: ProbeSite
    /// What the program gets from `bpf_get_attach_cookie` there: an index into ``CompiledScript/probeNames``.
    public var cookie: UInt64
    /// Probes of the script that are served here: more than one where many fold into one raw tracepoint.
    public var probes: [ResolvedProbe]

    /// An attachment.
    public init(site: ProbeSite, cookie: UInt64, probes: [ResolvedProbe]) {
      self.site = site
      self.cookie = cookie
      self.probes = probes
    }
  }

  /// The name that the kernel shows, at most 15 characters.
  public var name: String
  /// What the program is to the kernel.
  public var kind: Kind
  /// Where it is attached.
  public var attachments: [Attachment]
  /// Why it is attached that way, for `--dry-run` and `-v`; empty where there is only one way.
  public var attachmentReason: String
  /// What it does.
  public var code: ProgramCode

  /// A program.
  public init(
    name: String, kind: Kind, attachments: [Attachment], attachmentReason: String, code: ProgramCode
  ) {
    self.name = name
    self.kind = kind
    self.attachments = attachments
    self.attachmentReason = attachmentReason
    self.code = code
  }
}
