internal import BPF
internal import LinuxSystem
internal import TraceCompiler

/// What `--info` prints: the system, this build, and what the kernel can do, each line as bpftrace spells it, because
/// bug reports are read and scripts look for `kprobe_multi: yes`.
struct FeatureReport {
  private let features = KernelFeatures.running

  /// The whole report.
  var text: String {
    let name = try? SystemName.current()
    return [
      section(
        "System",
        [
          ("OS", name.map { "Linux \($0.release) \($0.version)" } ?? "unknown"),
          ("Arch", name?.machine ?? "unknown"),
        ]),
      section(
        "Build",
        [
          ("version", "v\(BPFVersion.bpftrace) (bpf \(BPFVersion.package))"),
          ("code generator", "its own, for \(Architecture.allCases.map(\.machineName).joined(separator: " and "))"),
        ]),
      section("Kernel helpers", Self.helpers.map { ($0.label, availability(of: $0.feature)) }),
      section(
        "Kernel features",
        [
          ("Instruction limit", "\(features.instructionLimit)"),
          ("Instruction set", "\(features.instructionSet)"),
        ] + Self.facilities.map { ($0.label, availability(of: $0.feature)) }),
      section("Probe types", Self.probeTypes.map { ($0.label, availability(of: $0.feature)) }),
    ]
    .joined(separator: "\n")
  }

  private static let helpers: [(label: String, feature: KernelFeature)] = [
    ("loop", .loop), ("for_each_map_elem", .forEachMapElement), ("get_func_ip", .functionAddress),
    ("get_attach_cookie", .attachCookie), ("get_ns_current_pid_tgid", .namespacedProcessID),
    ("get_current_task_btf", .typedCurrentTask), ("probe_read_kernel", .kernelReads), ("get_boot_ns", .bootClock),
    ("get_tai_ns", .taiClock), ("lookup_percpu_elem", .perCPULookup), ("get_current_cgroup_id", .cgroupID),
    ("send_signal", .signals), ("probe_write_user", .userWrites), ("override_return", .returnOverride),
  ]

  private static let facilities: [(label: String, feature: KernelFeature)] = [
    ("btf", .typeInformation), ("ring buffer", .ringBuffer), ("fetching atomics", .fetchingAtomics),
  ]

  private static let probeTypes: [(label: String, feature: KernelFeature)] = [
    ("kprobe", .kprobes), ("kprobe_multi", .kprobeMulti), ("kprobe_session", .kprobeSession), ("uprobe", .uprobes),
    ("uprobe_multi", .uprobeMulti), ("perf_event link", .perfEventLinks),
  ]

  /// `yes`, or `no` and why.
  private func availability(of feature: KernelFeature) -> String {
    features.absence(of: feature).map { "no (\($0))" } ?? "yes"
  }

  private func section(_ title: String, _ lines: [(label: String, value: String)]) -> String {
    "\(title)\n" + lines.map { "  \($0.label): \($0.value)\n" }.joined()
  }
}
