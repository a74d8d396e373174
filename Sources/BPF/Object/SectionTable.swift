internal import KernelInterface

extension SectionDefinition {
  /// All names that sections of programs may have.
  ///
  /// Facts: libbpf's documentation, "Program Types and ELF Sections"; a test compares them with an installed libbpf.
  static let table: [SectionDefinition] = probes + tracing + packets + sockets + controlGroups + others

  /// The names of the table, without targets.
  public static var names: [String] { table.map(\.prefix) }

  /// A name that may be followed by a slash and a target.
  private static func open(
    _ prefix: String, _ type: ProgramType, _ attachType: AttachType? = nil, _ traits: Traits = [],
    attaches attachment: Attachment? = nil
  ) -> Self { Self(prefix, type, attachType, traits.union(.namesTarget), attachment) }

  /// A name that stands alone.
  private static func exact(
    _ prefix: String, _ type: ProgramType, _ attachType: AttachType? = nil, _ traits: Traits = []
  ) -> Self { Self(prefix, type, attachType, traits, nil) }

  private static let probes: [Self] = [
    open("kprobe", .kprobe, attaches: .kprobe),
    open("kretprobe", .kprobe, attaches: .kretprobe),
    open("kprobe.multi", .kprobe, .traceKprobeMulti, attaches: .kprobeMulti),
    open("kretprobe.multi", .kprobe, .traceKprobeMulti, attaches: .kretprobeMulti),
    open("kprobe.session", .kprobe, .traceKprobeSession, attaches: .kprobeSession),
    open("ksyscall", .kprobe, attaches: .systemCall),
    open("kretsyscall", .kprobe, attaches: .systemCallReturn),
    open("uprobe", .kprobe, attaches: .uprobe),
    open("uprobe.s", .kprobe, nil, .sleepable, attaches: .uprobe),
    open("uretprobe", .kprobe, attaches: .uretprobe),
    open("uretprobe.s", .kprobe, nil, .sleepable, attaches: .uretprobe),
    open("uprobe.multi", .kprobe, .traceUprobeMulti, attaches: .uprobeMulti),
    open("uprobe.multi.s", .kprobe, .traceUprobeMulti, .sleepable, attaches: .uprobeMulti),
    open("uretprobe.multi", .kprobe, .traceUprobeMulti, attaches: .uretprobeMulti),
    open("uretprobe.multi.s", .kprobe, .traceUprobeMulti, .sleepable, attaches: .uretprobeMulti),
    open("uprobe.session", .kprobe, .traceUprobeSession, attaches: .uprobeSession),
    open("uprobe.session.s", .kprobe, .traceUprobeSession, .sleepable, attaches: .uprobeSession),
    open("usdt", .kprobe, attaches: .usdt),
    open("usdt.s", .kprobe, nil, .sleepable, attaches: .usdt),
    exact("perf_event", .perfEvent),
  ]

  private static let tracing: [Self] = [
    open("tracepoint", .tracepoint, attaches: .tracepoint),
    open("tp", .tracepoint, attaches: .tracepoint),
    open("tracepoint.s", .tracepoint, nil, .sleepable, attaches: .tracepoint),
    open("tp.s", .tracepoint, nil, .sleepable, attaches: .tracepoint),
    open("raw_tracepoint", .rawTracepoint, attaches: .rawTracepoint),
    open("raw_tp", .rawTracepoint, attaches: .rawTracepoint),
    open("raw_tracepoint.s", .rawTracepoint, nil, .sleepable, attaches: .rawTracepoint),
    open("raw_tp.s", .rawTracepoint, nil, .sleepable, attaches: .rawTracepoint),
    open("raw_tracepoint.w", .rawTracepointWritable, attaches: .rawTracepoint),
    open("raw_tp.w", .rawTracepointWritable, attaches: .rawTracepoint),
    open("tp_btf", .tracing, .traceRawTracepoint, .needsTargetType, attaches: .tracing),
    open("tp_btf.s", .tracing, .traceRawTracepoint, [.needsTargetType, .sleepable], attaches: .tracing),
    open("fentry", .tracing, .traceFentry, .needsTargetType, attaches: .tracing),
    open("fentry.s", .tracing, .traceFentry, [.needsTargetType, .sleepable], attaches: .tracing),
    open("fexit", .tracing, .traceFexit, .needsTargetType, attaches: .tracing),
    open("fexit.s", .tracing, .traceFexit, [.needsTargetType, .sleepable], attaches: .tracing),
    open("fmod_ret", .tracing, .modifyReturn, .needsTargetType, attaches: .tracing),
    open("fmod_ret.s", .tracing, .modifyReturn, [.needsTargetType, .sleepable], attaches: .tracing),
    open("fsession", .tracing, .traceFsession, .needsTargetType, attaches: .tracing),
    open("fsession.s", .tracing, .traceFsession, [.needsTargetType, .sleepable], attaches: .tracing),
    open("fentry.multi", .tracing, .traceFentryMulti, attaches: .tracingMulti),
    open("fentry.multi.s", .tracing, .traceFentryMulti, .sleepable, attaches: .tracingMulti),
    open("fexit.multi", .tracing, .traceFexitMulti, attaches: .tracingMulti),
    open("fexit.multi.s", .tracing, .traceFexitMulti, .sleepable, attaches: .tracingMulti),
    open("fsession.multi", .tracing, .traceFsessionMulti, attaches: .tracingMulti),
    open("fsession.multi.s", .tracing, .traceFsessionMulti, .sleepable, attaches: .tracingMulti),
    open("freplace", .freplace, nil, .needsTargetType, attaches: .tracing),
    open("iter", .tracing, .traceIterator, .needsTargetType, attaches: .iterator),
    open("iter.s", .tracing, .traceIterator, [.needsTargetType, .sleepable], attaches: .iterator),
    open("lsm", .securityModule, .securityModule, .needsTargetType, attaches: .securityModule),
    open("lsm.s", .securityModule, .securityModule, [.needsTargetType, .sleepable], attaches: .securityModule),
    open("lsm_cgroup", .securityModule, .securityModuleCgroup, .needsTargetType),
  ]

  private static let packets: [Self] = [
    exact("xdp", .xdp, .xdp, .attachTypeIsOptional),
    exact("xdp.frags", .xdp, .xdp, .packetFragments),
    exact("xdp/devmap", .xdp, .xdpDevmap),
    exact("xdp.frags/devmap", .xdp, .xdpDevmap, .packetFragments),
    exact("xdp/cpumap", .xdp, .xdpCpumap),
    exact("xdp.frags/cpumap", .xdp, .xdpCpumap, .packetFragments),
    exact("tc", .schedulerClassifier),
    exact("classifier", .schedulerClassifier),
    exact("action", .schedulerAction),
    exact("tc/ingress", .schedulerClassifier, .tcxIngress),
    exact("tc/egress", .schedulerClassifier, .tcxEgress),
    exact("tcx/ingress", .schedulerClassifier, .tcxIngress),
    exact("tcx/egress", .schedulerClassifier, .tcxEgress),
    exact("netkit/primary", .schedulerClassifier, .netkitPrimary),
    exact("netkit/peer", .schedulerClassifier, .netkitPeer),
    exact("netfilter", .netfilter, .netfilter),
    exact("flow_dissector", .flowDissector, .flowDissector, .attachTypeIsOptional),
    exact("lwt_in", .lwtIn),
    exact("lwt_out", .lwtOut),
    exact("lwt_xmit", .lwtXmit),
    exact("lwt_seg6local", .lwtSegment6Local),
  ]

  private static let sockets: [Self] = [
    exact("socket", .socketFilter),
    exact("sockops", .socketOperations, .cgroupSockOps, .attachTypeIsOptional),
    exact("sk_lookup", .socketLookup, .skLookup),
    exact("sk_msg", .socketMessage, .skMsgVerdict, .attachTypeIsOptional),
    exact("sk_reuseport", .socketReusePort, .skReuseportSelect),
    exact("sk_reuseport/migrate", .socketReusePort, .skReuseportSelectOrMigrate),
    exact("sk_skb", .socketBuffer),
    exact("sk_skb/stream_parser", .socketBuffer, .skSkbStreamParser, .attachTypeIsOptional),
    exact("sk_skb/stream_verdict", .socketBuffer, .skSkbStreamVerdict, .attachTypeIsOptional),
    exact("sk_skb/verdict", .socketBuffer, .skSkbVerdict, .attachTypeIsOptional),
  ]

  private static let controlGroups: [Self] = [
    exact("cgroup/dev", .cgroupDevice, .cgroupDevice, .attachTypeIsOptional),
    exact("cgroup/skb", .cgroupSocketBuffer),
    exact("cgroup_skb/ingress", .cgroupSocketBuffer, .cgroupInetIngress, .attachTypeIsOptional),
    exact("cgroup_skb/egress", .cgroupSocketBuffer, .cgroupInetEgress, .attachTypeIsOptional),
    exact("cgroup/sock", .cgroupSocket, .cgroupInetSockCreate, .attachTypeIsOptional),
    exact("cgroup/sock_create", .cgroupSocket, .cgroupInetSockCreate),
    exact("cgroup/sock_release", .cgroupSocket, .cgroupInetSockRelease),
    exact("cgroup/post_bind4", .cgroupSocket, .cgroupInet4PostBind),
    exact("cgroup/post_bind6", .cgroupSocket, .cgroupInet6PostBind),
    exact("cgroup/bind4", .cgroupSocketAddress, .cgroupInet4Bind),
    exact("cgroup/bind6", .cgroupSocketAddress, .cgroupInet6Bind),
    exact("cgroup/connect4", .cgroupSocketAddress, .cgroupInet4Connect),
    exact("cgroup/connect6", .cgroupSocketAddress, .cgroupInet6Connect),
    exact("cgroup/connect_unix", .cgroupSocketAddress, .cgroupUnixConnect),
    exact("cgroup/sendmsg4", .cgroupSocketAddress, .cgroupUdp4Sendmsg),
    exact("cgroup/sendmsg6", .cgroupSocketAddress, .cgroupUdp6Sendmsg),
    exact("cgroup/sendmsg_unix", .cgroupSocketAddress, .cgroupUnixSendmsg),
    exact("cgroup/recvmsg4", .cgroupSocketAddress, .cgroupUdp4Recvmsg),
    exact("cgroup/recvmsg6", .cgroupSocketAddress, .cgroupUdp6Recvmsg),
    exact("cgroup/recvmsg_unix", .cgroupSocketAddress, .cgroupUnixRecvmsg),
    exact("cgroup/getpeername4", .cgroupSocketAddress, .cgroupInet4Getpeername),
    exact("cgroup/getpeername6", .cgroupSocketAddress, .cgroupInet6Getpeername),
    exact("cgroup/getpeername_unix", .cgroupSocketAddress, .cgroupUnixGetpeername),
    exact("cgroup/getsockname4", .cgroupSocketAddress, .cgroupInet4Getsockname),
    exact("cgroup/getsockname6", .cgroupSocketAddress, .cgroupInet6Getsockname),
    exact("cgroup/getsockname_unix", .cgroupSocketAddress, .cgroupUnixGetsockname),
    exact("cgroup/sysctl", .cgroupSysctl, .cgroupSysctl),
    exact("cgroup/getsockopt", .cgroupSocketOption, .cgroupGetsockopt),
    exact("cgroup/setsockopt", .cgroupSocketOption, .cgroupSetsockopt),
  ]

  private static let others: [Self] = [
    open("struct_ops", .structOperations),
    open("struct_ops.s", .structOperations, nil, .sleepable),
    exact("syscall", .systemCall, nil, .sleepable),
    exact("lirc_mode2", .lircMode2, .lircMode2, .attachTypeIsOptional),
  ]
}
