internal import KernelInterface
internal import LinuxSystem

/// Refusals by `bpf(2)` itself, before the verifier says anything.
extension VerifierRefusal.Cause {
  func callRemedies(_ facts: VerifierRefusal.Facts) -> [String] {
    let load = facts.load
    let feature = KernelFeature.program(
      load.type, for: Self.isOwnKind(load.type) ? load.expectedAttachType : nil,
      isSleepable: load.flags.contains(.sleepable))
    switch self {
    case .tooManyInstructions:
      let count = load.instructions.count / 8
      if count > 4096, let features = facts.features, !features.has(.largePrograms) {
        return [
          "the program has \(count) instructions, and this kernel takes 4096: do less in it, or split it by tail calls"
        ]
      }
      if count > 4096 {
        return [
          "the program has \(count) instructions: without CAP_BPF the kernel takes 4096 of them, with it a million"
        ]
      }
      return ["the call has a field that this kernel does not know: it is too old for an option of the program"]
    case .notPermitted, .unsupported:
      if let absence = facts.features?.absence(of: feature), absence.cause != .unexplained { return ["\(absence)"] }
      if self == .notPermitted {
        return ["run as root, or with CAP_BPF and, by type, CAP_PERFMON or CAP_NET_ADMIN"]
      }
      return Self.fields(of: load).map { "this kernel may be too old for \($0)" }
    default: return []
    }
  }

  /// The types whose programs differ by what they are meant for.
  private static func isOwnKind(_ type: ProgramType) -> Bool {
    [.tracing, .securityModule, .cgroupSocketAddress, .cgroupSocketOption, .kprobe].contains(type)
  }

  /// Fields of the call that came after Linux 5.10, each with its first kernel.
  private static func fields(of load: ProgramLoad) -> [String] {
    var fields: [String] = []
    if load.token != nil { fields.append("tokens (Linux 6.9)") }
    if !load.descriptors.isEmpty { fields.append("calls of modules' kfuncs (Linux 5.14)") }
    if load.flags.contains(.fragments) { fields.append("XDP programs for packets in pieces (Linux 5.18)") }
    if load.flags.contains(.deviceBound) { fields.append("XDP programs for one device (Linux 6.3)") }
    return fields
  }
}
