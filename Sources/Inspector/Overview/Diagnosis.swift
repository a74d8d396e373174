internal import BPF
public import KernelInterface
public import LinuxSystem

/// What this kernel, its configuration and these privileges allow, what they do not, why, and what to use instead.
public struct Diagnosis: Sendable {
  /// Something that was looked at.
  public struct Finding: Hashable, Sendable {
    /// Whether all is well.
    public var isGood: Bool
    /// What was looked at.
    public var subject: String
    /// What was found.
    public var text: String
    /// What to do or to use instead; nil where nothing is to be done.
    public var remedy: String?
  }

  /// All findings, in the order in which they matter.
  public let findings: [Finding]

  /// Looks at this machine.
  public init(kernel: any KernelCalls) {
    var findings: [Finding] = []
    func add(_ isGood: Bool, _ subject: String, _ text: String, _ remedy: String? = nil) {
      findings.append(Finding(isGood: isGood, subject: subject, text: text, remedy: isGood ? nil : remedy))
    }
    let version = try? KernelVersion.running(kernel)
    add(version != nil, "kernel", version.map { "Linux \($0)" } ?? "the version cannot be read")
    Self.addPrivileges(kernel, add)
    Self.addSettings(kernel, add)
    Self.addFileSystems(kernel, add)
    let features = kernel is LiveKernel ? KernelFeatures.running : KernelFeatures(kernel)
    for (feature, remedy) in Self.alternatives {
      if let absence = features.absence(of: feature) {
        add(false, feature.name, "\(absence)", remedy)
      } else {
        add(true, feature.name, "works")
      }
    }
    self.findings = findings
  }

  private static func addPrivileges(
    _ kernel: any KernelCalls, _ add: (Bool, String, String, String?) -> Void
  ) {
    guard let held = try? Capabilities.effective(kernel) else {
      return add(false, "privileges", "the capabilities of this process cannot be read", nil)
    }
    let needed: [(Capabilities, String)] = [
      (.bpf, "loading programs and maps"), (.performanceMonitoring, "tracing, and reading the kernel's memory"),
      (.networkAdministration, "programs for packets, interfaces and control groups"),
      (.systemAdministration, "seeing the objects of other processes"),
    ]
    for (capability, purpose) in needed {
      let has = held.contains(capability)
      add(
        has, capability.names.joined(), has ? "held: \(purpose)" : "not held: no \(purpose)",
        "run as root, or give it to the command (setcap) or its service (AmbientCapabilities)")
    }
  }

  private static func addSettings(_ kernel: any KernelCalls, _ add: (Bool, String, String, String?) -> Void) {
    func setting(_ path: String) -> String? {
      (try? kernel.contents(of: "/proc/sys/\(path)")).map {
        String(decoding: $0.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
      }
    }
    if let jit = setting("net/core/bpf_jit_enable") {
      add(
        jit != "0", "net.core.bpf_jit_enable",
        jit == "0" ? "programs are interpreted, which is slow" : "programs are machine code",
        "sysctl net.core.bpf_jit_enable=1")
    }
    if let pointers = setting("kernel/kptr_restrict") {
      let hides = pointers == "2"
      add(
        !hides, "kernel.kptr_restrict", hides ? "addresses of kernel symbols are hidden from everybody" : "\(pointers)",
        "sysctl kernel.kptr_restrict=1, for names in stacks and listings")
    }
    if let mode = Lockdown.current(kernel) {
      add(
        mode == .none, "lockdown", mode == .none ? "off" : "the kernel is locked down (\(mode.rawValue))",
        mode == .confidentiality
          ? "programs cannot read the kernel's memory by helpers: use typed arguments (tp_btf, fentry), or boot with lockdown=integrity"
          : "what is read is not limited; programs cannot write to user memory")
    }
  }

  private static func addFileSystems(_ kernel: any KernelCalls, _ add: (Bool, String, String, String?) -> Void) {
    let table = (try? kernel.contents(of: "/proc/self/mountinfo")).map { MountTable(mountinfo: $0) }
    func mounted(_ type: String, _ purpose: String, _ remedy: String) {
      let points = table?.points(of: type) ?? []
      add(
        !points.isEmpty, "\(type) file system",
        points.isEmpty ? "not mounted: no \(purpose)" : "mounted at \(points.joined(separator: ", "))", remedy)
    }
    mounted("bpf", "pins", "mount -t bpf bpf /sys/fs/bpf, when objects are to outlive their makers")
    mounted("cgroup2", "programs of control groups", "mount -t cgroup2 none /sys/fs/cgroup")
    let tracing = try? TraceFS(kernel)
    add(
      tracing != nil, "tracefs",
      tracing.map { "\($0.source)" } ?? "cannot be had: no tracepoints by name, no probes by text",
      "mount -t tracefs tracefs /sys/kernel/tracing, or use raw tracepoints")
  }

  /// What is tried, and what serves where it is missing.
  private static let alternatives: [(KernelFeature, String)] = [
    (
      .typeInformation, "build the kernel with CONFIG_DEBUG_INFO_BTF; until then, objects for just this kernel's layout"
    ),
    (.kprobes, "tracepoints, raw tracepoints (tp_btf) and uprobes"),
    (.kprobeMulti, "single kprobes, or fentry where that works"),
    (.program(.tracing, for: .traceFentry), "kprobes; where those are missing too, tp_btf"),
    (.program(.tracing, for: .traceRawTracepoint), "raw_tp, with the arguments read by CO-RE"),
    (.program(.securityModule), "tracepoints and seccomp: nothing else can deny"),
    (.uprobes, "USDT is built on them, too: perf or a debugger"),
    (.uprobeMulti, "single uprobes, which attach more slowly"),
    (.ringBuffer, "perf buffers (perf_event_array)"),
    (.perfEventLinks, "attachment by ioctl, which no pin can keep"),
    (.link(.tcxIngress), "clsact filters (tc filter … bpf da)"),
    (.link(.xdp), "XDP by netlink (bpf net attach xdp)"),
    (.link(.netfilter), "clsact filters, or nft rules"),
    (.link(.structOps), "struct_ops without a link (section .struct_ops)"),
    (.map(.arena), "arrays that are mapped (BPF_F_MMAPABLE)"),
    (.ability(.boundedLoops), "loops that the compiler unrolls"),
    (.ability(.largePrograms), "tail calls between smaller programs"),
    (.ability(.tokens), "privileges for the whole process"),
    (.ability(.runStatistics), "sysctl kernel.bpf_stats_enabled=1"),
    (.instructionSetV4, "objects for -mcpu=v3"),
  ]

  /// A line for each finding, with what to do below what is not well.
  public var text: String {
    let width = findings.map(\.subject.count).max() ?? 0
    return findings.map { finding in
      let padding = String(repeating: " ", count: width - finding.subject.count)
      let line = "\(finding.isGood ? "ok " : "-- ") \(finding.subject)\(padding)  \(finding.text)\n"
      return line + (finding.remedy.map { "    \(String(repeating: " ", count: width))  instead: \($0)\n" } ?? "")
    }.joined()
  }

  /// As a JSON array.
  public func write(to json: inout JSONWriter) throws(SystemCallError) {
    try json.array { json throws(SystemCallError) in
      for finding in findings {
        try json.object { json throws(SystemCallError) in
          try json.member("ok", finding.isGood)
          try json.member("subject", finding.subject)
          try json.member("text", finding.text)
          if let remedy = finding.remedy { try json.member("instead", remedy) }
        }
      }
    }
  }
}
