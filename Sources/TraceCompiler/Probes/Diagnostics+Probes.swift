import Diagnostics
import TraceLanguage

/// The words of everything that can be wrong with attach points.
extension Diagnostic {
  static func tooManyProbes(_ count: Int, limit: Int, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "too-many-probes", at: span,
      "Can't attach to \(count) probes because it exceeds the current limit of \(limit) probes",
      hints: ["raise it with the environment variable BPFTRACE_MAX_PROBES or config = { max_probes = \(count) }"])
  }
  static func tooManyPrograms(_ count: Int, limit: Int, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "too-many-programs", at: span,
      "Your program is trying to generate more than \(limit) BPF programs (\(count))",
      hints: ["raise it with the environment variable BPFTRACE_MAX_BPF_PROGS or config = { max_bpf_progs = \(count) }"])
  }
  static func lookupFailed(_ error: ProbeLookupError, at span: SourceSpan) -> Diagnostic {
    Diagnostic(.error, id: "probe-lookup", at: span, error.message, hints: error.hints)
  }
  static func lookupSkipped(_ error: ProbeLookupError, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .warning, id: "probe-lookup", at: span, error.message + (error.message.hasSuffix(".") ? "" : ".") + " Skipping.",
      hints: error.hints)
  }
  static func noMatches(_ attachPoint: AttachPoint, near: [String], severity: Severity) -> Diagnostic {
    var hints = near.isEmpty ? [] : ["the nearest are: \(near.joined(separator: ", "))"]
    hints.append("`bpf trace -l '\(attachPoint.parts.first?.text ?? ""):*'` lists what there is")
    let target = attachPoint.parts.dropFirst().map(\.text).joined(separator: ":")
    return Diagnostic(
      severity, id: "no-matches", at: attachPoint.span,
      "No matches for \(attachPoint.provider) \(target)." + (severity == .warning ? " Skipping." : ""), hints: hints)
  }
  static func noProbes(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .error, id: "no-probes", at: span, "No probes to attach", hints: ["the probe filter or missing_probes left none"])
  }
}

extension DiagnosticList {
  mutating func reportMissing(
    _ attachPoint: AttachPoint, near target: any CompilationTarget, _ policy: ScriptConfiguration.MissingProbes
  ) {
    switch policy {
    case .error: report(.noMatches(attachPoint, near: target.probesNear(attachPoint), severity: .error))
    case .warn: report(.noMatches(attachPoint, near: target.probesNear(attachPoint), severity: .warning))
    case .ignore: break
    }
  }
}
