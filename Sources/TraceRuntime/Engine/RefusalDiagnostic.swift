import BPF
public import Diagnostics
import KernelInterface
import LinuxSystem
import TraceCompiler

/// What is said about a program that the kernel does not take, at the place in the script that it was stopped at.
extension Diagnostic {
  /// Of a program that may be taken in a form in which the verifier has fewer paths to follow.
  public static let tooComplexID = "program-too-complex"

  static func programRefused(
    _ program: CompiledProgram, _ refusal: VerifierRefusal, in source: SourceText
  ) -> Diagnostic {
    let log = refusal.log
    let probe = program.attachments.first?.probes.first?.name ?? program.name
    let span =
      log.instruction.flatMap { program.code.span(near: $0) } ?? program.code.spans.lazy.compactMap { $0 }.first
      ?? source.wholeSpan.startPoint
    guard log.text.isEmpty else {
      let words = VerifierWords(log)
      return Diagnostic(
        .error, id: words.isTooComplex ? tooComplexID : "program-refused", at: span,
        "the kernel's verifier refuses \(probe): \(words.cause)",
        hints: words.remedies)
    }
    switch (refusal.error.errno, program.kind) {
    case (.notPermitted, .trampoline):
      return Diagnostic(
        .error, id: "trampoline-not-permitted", at: span, "this kernel does not permit \(probe)",
        hints: [
          "fentry and fexit need CAP_BPF and CAP_PERFMON and a kernel that lets programs onto its functions; "
            + "a kprobe, tracepoint or rawtracepoint may do instead"
        ])
    case (.notPermitted, _):
      return Diagnostic(
        .error, id: "load-not-permitted", at: span, "the kernel does not permit loading \(probe) (EPERM)",
        hints: ["run as root, or with the capabilities CAP_BPF and CAP_PERFMON"])
    case (.argumentListTooLong, _):
      return Diagnostic(
        .error, id: "program-too-large", at: span,
        "\(probe) is too large for this kernel: \(program.code.instructions.count) instructions",
        hints: ["do less in one probe, or unroll loops less often"])
    default:
      return Diagnostic(
        .error, id: "load-failed", at: span, "the kernel does not take \(probe): \(refusal.error)",
        hints: ["`bpf trace --info` says what this kernel can do"])
    }
  }
}

/// The verifier's reason in words for people who do not know it.
struct VerifierWords: Hashable, Sendable {
  /// Why the program was refused, without a full stop.
  let cause: String
  /// What may help.
  let remedies: [String]
  /// Whether the verifier gave up, and found nothing wrong until then.
  let isTooComplex: Bool

  private static let complexityPhrases = ["BPF program is too large", "The sequence of"]

  /// Phrases of the kernel's `kernel/bpf/verifier.c`, what they mean, and what to do.
  private static let phrases: [(phrase: String, cause: String, remedy: String)] = [
    (
      "BPF program is too large", "it walks through more instructions than the kernel allows",
      "make loops shorter, or unroll them less often"
    ),
    (
      "The sequence of", "it has more jumps than the kernel follows", "do less in one probe"
    ),
    (
      "combined stack size", "its functions need more stack than the 512 bytes there are",
      "keep fewer and smaller values at once, or set on_stack_limit lower"
    ),
    ("back-edge", "this kernel does not allow loops here (they came with Linux 5.3)", "use unroll"),
    ("infinite loop detected", "a loop in it has no end that the kernel can see", "give the loop a fixed limit"),
    (
      "invalid func unknown", "this kernel has no such helper", "`bpf trace --info` says what this kernel can do"
    ),
    (
      "unknown func", "this kernel has no such helper for this kind of probe",
      "`bpf trace --info` says what this kernel can do"
    ),
    (
      "cannot call GPL-restricted function", "it uses what the kernel keeps for programs under the GPL",
      "set the configuration's license to \"GPL\""
    ),
    (
      "invalid mem access", "it reads memory at an address that the kernel cannot vouch for",
      "read through a pointer with a known type"
    ),
    (
      "invalid access to map value", "it reaches beyond the end of a value",
      "check the index against the array's length"
    ),
    (
      "invalid bpf_context access", "this kernel does not let it read that part of the probe's context",
      "the argument may not exist on this kernel"
    ),
    (
      "is not an allowed function", "the kernel does not allow programs on that function",
      "choose a tracepoint or a caller of it"
    ),
  ]

  init(_ log: VerifierLog) {
    let reason = log.report?.reason ?? log.reason ?? "it gives no reason"
    isTooComplex = Self.complexityPhrases.contains { log.text.contains(text: $0) }
    if let known = Self.phrases.first(where: { log.text.contains(text: $0.phrase) }) {
      cause = "\(known.cause) (\(log.reason ?? known.phrase))"
      remedies = [known.remedy]
    } else {
      cause = reason
      remedies = [
        log.report?.suggestion, "this is a fault of bpf trace itself: please report it with the output of -v",
      ]
      .compactMap { $0 }.filter { !$0.isEmpty }
    }
  }
}

extension ProgramCode {
  /// The part of the script that an instruction serves, or the nearest one before it does.
  func span(near instruction: Int) -> SourceSpan? {
    guard !spans.isEmpty, instruction >= 0 else { return nil }
    return spans[...min(instruction, spans.count - 1)].last { $0 != nil } ?? nil
  }
}
