/// Whether system call tracepoints are served by the raw `sys_enter` and `sys_exit` tracepoints: the documented rule.
///
/// A perf tracepoint takes the kernel tens of milliseconds to detach, and each of its events costs more than a raw
/// one; but a raw program runs at every system call of the machine, traced or not. So, unless the configuration says
/// otherwise: raw when many calls are traced, for then most calls that happen are traced ones; perf for the few.
enum SystemCallFolding {
  /// From this many traced calls on, raw is taken to be quicker.
  static let minimumCallCount = 8

  struct Decision {
    var isRaw: Bool
    var reason: String
  }

  static func decide(
    count: Int, use: ContextUse, configuration: ScriptConfiguration, features: TargetFeatures, hasTypes: Bool
  ) -> Decision {
    if use.usesRawContext {
      return Decision(isRaw: false, reason: "perf: the script looks at the tracepoint's own context")
    }
    if !features.hasTypedRawTracepoints || !hasTypes {
      return Decision(isRaw: false, reason: "perf: this kernel has no typed raw tracepoints")
    }
    switch configuration.systemCallProbes {
    case .raw: return Decision(isRaw: true, reason: "raw: syscall_probes is set to raw")
    case .perf: return Decision(isRaw: false, reason: "perf: syscall_probes is set to perf")
    case .automatic:
      if count >= minimumCallCount {
        return Decision(isRaw: true, reason: "raw: \(count) system calls are traced, \(minimumCallCount) or more")
      }
      return Decision(
        isRaw: false, reason: "perf: only \(count) system calls are traced, fewer than \(minimumCallCount)")
    }
  }
}
