internal import KernelInterface

extension KernelFeature {
  /// Programs whose rules differ: by type, and within a type by what they attach to.
  ///
  /// Source: `enum bpf_prog_type`, `enum bpf_attach_type`, and `bpf_prog_load_check_attach` in `kernel/bpf/syscall.c`.
  static let programTable: [(feature: KernelFeature, facts: Facts)] = [
    (.program(.socketFilter), Facts("socket_filter programs", 3, 19)),
    (.program(.kprobe), Facts("kprobe programs", 4, 1, "BPF_EVENTS")),
    (.program(.schedulerClassifier), Facts("sched_cls programs", 4, 1)),
    (.program(.schedulerAction), Facts("sched_act programs", 4, 1)),
    (.program(.tracepoint), Facts("tracepoint programs", 4, 7, "BPF_EVENTS")),
    (.program(.xdp), Facts("xdp programs", 4, 8)),
    (.program(.perfEvent), Facts("perf_event programs", 4, 9, "BPF_EVENTS")),
    (.program(.cgroupSocketBuffer), Facts("cgroup_skb programs", 4, 10, "CGROUP_BPF")),
    (.program(.cgroupSocket), Facts("cgroup_sock programs", 4, 10, "CGROUP_BPF")),
    (
      .program(.cgroupSocket, for: .cgroupInet4PostBind),
      Facts("cgroup_sock programs for post_bind4", 4, 17, "CGROUP_BPF")
    ),
    (
      .program(.cgroupSocket, for: .cgroupInetSockRelease),
      Facts("cgroup_sock programs for sock_release", 5, 9, "CGROUP_BPF")
    ),
    (.program(.lwtIn), Facts("lwt_in programs", 4, 10, "LWTUNNEL_BPF")),
    (.program(.lwtOut), Facts("lwt_out programs", 4, 10, "LWTUNNEL_BPF")),
    (.program(.lwtXmit), Facts("lwt_xmit programs", 4, 10, "LWTUNNEL_BPF")),
    (.program(.socketOperations), Facts("sock_ops programs", 4, 13, "CGROUP_BPF")),
    (.program(.socketBuffer), Facts("sk_skb programs", 4, 14, "NET_SOCK_MSG")),
    (.program(.cgroupDevice), Facts("cgroup_device programs", 4, 15, "CGROUP_BPF")),
    (.program(.socketMessage), Facts("sk_msg programs", 4, 17, "NET_SOCK_MSG")),
    (.program(.rawTracepoint), Facts("raw_tracepoint programs", 4, 17, "BPF_EVENTS")),
    (
      .program(.cgroupSocketAddress, for: .cgroupInet4Connect),
      Facts("cgroup_sock_addr programs for connect4", 4, 17, "CGROUP_BPF")
    ),
    (
      .program(.cgroupSocketAddress, for: .cgroupUdp4Sendmsg),
      Facts("cgroup_sock_addr programs for sendmsg4", 4, 18, "CGROUP_BPF")
    ),
    (
      .program(.cgroupSocketAddress, for: .cgroupUdp4Recvmsg),
      Facts("cgroup_sock_addr programs for recvmsg4", 5, 2, "CGROUP_BPF")
    ),
    (
      .program(.cgroupSocketAddress, for: .cgroupInet4Getpeername),
      Facts("cgroup_sock_addr programs for getpeername4", 5, 8, "CGROUP_BPF")
    ),
    (
      .program(.cgroupSocketAddress, for: .cgroupUnixConnect),
      Facts("cgroup_sock_addr programs for connect_unix", 6, 7, "CGROUP_BPF")
    ),
    (.program(.lwtSegment6Local), Facts("lwt_seg6local programs", 4, 18, "IPV6_SEG6_BPF")),
    (.program(.lircMode2), Facts("lirc_mode2 programs", 4, 18, "BPF_LIRC_MODE2")),
    (.program(.socketReusePort), Facts("sk_reuseport programs", 4, 19)),
    (.program(.flowDissector), Facts("flow_dissector programs", 4, 20)),
    (.program(.cgroupSysctl), Facts("cgroup_sysctl programs", 5, 2, "CGROUP_BPF")),
    (.program(.rawTracepointWritable), Facts("raw_tracepoint_writable programs", 5, 2, "BPF_EVENTS")),
    (
      .program(.cgroupSocketOption, for: .cgroupGetsockopt),
      Facts("cgroup_sockopt programs for getsockopt", 5, 3, "CGROUP_BPF")
    ),
    (
      .program(.cgroupSocketOption, for: .cgroupSetsockopt),
      Facts("cgroup_sockopt programs for setsockopt", 5, 3, "CGROUP_BPF")
    ),
    (
      .program(.tracing, for: .traceRawTracepoint),
      Facts("tracing programs for tp_btf", 5, 5, "DEBUG_INFO_BTF", "BPF_EVENTS")
    ),
    (
      .program(.tracing, for: .traceFentry),
      Facts("tracing programs for fentry", 5, 5, "DEBUG_INFO_BTF", "DYNAMIC_FTRACE_WITH_DIRECT_CALLS")
    ),
    (
      .program(.tracing, for: .traceFexit),
      Facts("tracing programs for fexit", 5, 5, "DEBUG_INFO_BTF", "DYNAMIC_FTRACE_WITH_DIRECT_CALLS")
    ),
    (
      .program(.tracing, for: .modifyReturn),
      Facts("tracing programs for fmod_ret", 5, 7, "DEBUG_INFO_BTF", "DYNAMIC_FTRACE_WITH_DIRECT_CALLS")
    ),
    (
      .program(.tracing, for: .traceFsession),
      Facts("tracing programs for fsession", 7, 0, "DEBUG_INFO_BTF", "DYNAMIC_FTRACE_WITH_DIRECT_CALLS")
    ),
    (
      .program(.tracing, for: .traceFentryMulti),
      Facts("tracing programs for fentry_multi", 7, 2, "DEBUG_INFO_BTF", "DYNAMIC_FTRACE_WITH_DIRECT_CALLS")
    ),
    (
      .program(.tracing, for: .traceIterator),
      Facts("tracing programs for iterators", 5, 8, "DEBUG_INFO_BTF")
    ),
    (
      .program(.tracing, for: .traceFentry, isSleepable: true),
      Facts(
        "sleepable tracing programs for fentry", 5, 10, "DEBUG_INFO_BTF", "DYNAMIC_FTRACE_WITH_DIRECT_CALLS",
        "FUNCTION_ERROR_INJECTION")
    ),
    (.program(.tracing, for: .traceIterator, isSleepable: true), Facts("sleepable iterators", 5, 10, "DEBUG_INFO_BTF")),
    (.program(.structOperations), Facts("struct_ops programs", 5, 6, "DEBUG_INFO_BTF", "BPF_JIT")),
    (.program(.freplace), Facts("ext programs (freplace)", 5, 6, "DEBUG_INFO_BTF")),
    (.program(.securityModule, for: .securityModule), Facts("lsm programs", 5, 7, "BPF_LSM", "DEBUG_INFO_BTF")),
    (
      .program(.securityModule, for: .securityModule, isSleepable: true),
      Facts("sleepable lsm programs", 5, 11, "BPF_LSM", "DEBUG_INFO_BTF")
    ),
    (
      .program(.securityModule, for: .securityModuleCgroup),
      Facts("lsm programs for cgroups", 6, 0, "BPF_LSM", "CGROUP_BPF", "DEBUG_INFO_BTF")
    ),
    (.program(.socketLookup, for: .skLookup), Facts("sk_lookup programs", 5, 9)),
    (.program(.systemCall, isSleepable: true), Facts("syscall programs", 5, 14)),
    (.program(.netfilter, for: .netfilter), Facts("netfilter programs", 6, 4, "NETFILTER_BPF_LINK")),
    (.program(.kprobe, isSleepable: true), Facts("sleepable uprobe programs", 6, 0, "UPROBES")),
  ]

  /// The row of a kind of program, or the nearest: the type's own.
  static func programFacts(_ type: ProgramType, _ attachType: AttachType?, _ isSleepable: Bool) -> Facts {
    let exact = KernelFeature.program(type, for: attachType, isSleepable: isSleepable)
    if let row = programTable.first(where: { $0.feature == exact }) { return row.facts }
    // The kernel looks at what a kprobe program is meant for when it attaches it.
    if type == .kprobe, let attachType, let row = linkTable.first(where: { $0.type == attachType }) { return row.facts }
    let name =
      (isSleepable ? "sleepable " : "") + "\(type) programs" + (attachType.map { " for \($0)" } ?? "")
    var facts = Facts(name, 3, 19)
    for row in programTable {
      guard case .program(type, _, _) = row.feature else { continue }
      facts.firstKernel = row.facts.firstKernel
      facts.options = row.facts.options
      break
    }
    // A type that always needs an attach type is asked for without one: its first row's name would be too narrow.
    if attachType == nil, !isSleepable { facts.name = "\(type) programs" }
    return facts
  }
}
