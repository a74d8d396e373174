import KernelInterface
import Testing

@testable import BPF

@Suite struct KernelFeatureAbsenceTests {
  private func facts(
    _ version: KernelVersion, lockdown: Lockdown? = nil, configuration: String? = nil, missing: [String] = []
  ) -> KernelFacts {
    KernelFacts(
      version: version, lockdown: lockdown,
      configuration: configuration.map { KernelConfiguration(parsing: Array($0.utf8)) },
      missingCapabilities: missing)
  }

  private func absence(
    _ feature: KernelFeature, _ evidence: KernelFeatureAvailability.Reason, _ facts: KernelFacts
  ) -> String {
    KernelFeatureAbsence(of: feature, evidence: evidence, on: facts).description
  }

  @Test func olderKernels() {
    #expect(
      absence(.loop, .unknownHelper, facts(KernelVersion(5, 10)))
        == "this kernel (5.10.0) has no bpf_loop: Linux 5.17 is the first to have it")
  }

  @Test func missingPrivilegesAreNotMissingFeatures() {
    #expect(
      absence(.taiClock, .notPermitted, facts(KernelVersion(6, 18), missing: ["CAP_BPF", "CAP_PERFMON"]))
        == "whether this kernel (6.18.0) has bpf_ktime_get_tai_ns could not be tried without CAP_BPF and CAP_PERFMON")
  }

  @Test func configurations() {
    let evidence = KernelFeatureAvailability.Reason.refused(call: "bpf(BPF_LINK_CREATE)", errno: 95)
    #expect(
      absence(.kprobeMulti, evidence, facts(KernelVersion(6, 1), configuration: "CONFIG_KPROBES=y\n"))
        == "this kernel (6.1.0) has no kprobe_multi: it was built without CONFIG_FPROBE (bpf(BPF_LINK_CREATE) answered EOPNOTSUPP)"
    )
    #expect(
      absence(.kprobeMulti, evidence, facts(KernelVersion(6, 1)))
        == "this kernel (6.1.0) has no kprobe_multi: it may be built without CONFIG_FPROBE or CONFIG_KPROBES (bpf(BPF_LINK_CREATE) answered EOPNOTSUPP)"
    )
    #expect(
      absence(.kprobeMulti, evidence, facts(KernelVersion(6, 1), configuration: "CONFIG_KPROBES=y\nCONFIG_FPROBE=y\n"))
        == "this kernel (6.1.0) has no kprobe_multi, though it is new enough (bpf(BPF_LINK_CREATE) answered EOPNOTSUPP)"
    )
  }

  @Test func lockdownAndPolicies() {
    #expect(
      absence(.userWrites, .forbiddenHelper, facts(KernelVersion(6, 18), lockdown: .integrity))
        == "this kernel (6.18.0) forbids bpf_probe_write_user: it is locked down (integrity)")
    #expect(
      KernelFeatureAbsence(
        of: .kernelReads, evidence: .forbiddenHelper, on: facts(KernelVersion(6, 18), lockdown: .integrity)
      ).cause == .unexplained)
    #expect(
      absence(
        .program(.tracing, for: .traceFentry), .refused(call: "bpf(BPF_PROG_LOAD)", errno: 1),
        facts(
          KernelVersion(6, 18), configuration: "CONFIG_DEBUG_INFO_BTF=y\nCONFIG_DYNAMIC_FTRACE_WITH_DIRECT_CALLS=y\n"))
        == "this kernel (6.18.0) forbids tracing programs for fentry: a security policy stands against it (bpf(BPF_PROG_LOAD) answered EPERM)"
    )
  }
}
