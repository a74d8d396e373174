/// Where or how a program attaches: `enum bpf_attach_type`.
///
/// Numbers: `include/uapi/linux/bpf.h`; a test compares them with the running kernel's.
public struct AttachType: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  /// The kernel's number.
  public var rawValue: UInt32

  /// Any number, also one that this table does not have yet.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The name as bpftool writes it; "type 99" where the table has none.
  public var description: String {
    Int(exactly: rawValue).flatMap { Self.names.indices.contains($0) ? Self.names[$0] : nil } ?? "type \(rawValue)"
  }
}

extension AttachType {
  /// `BPF_CGROUP_INET_INGRESS`.
  public static let cgroupInetIngress = Self(rawValue: 0)
  /// `BPF_CGROUP_INET_EGRESS`.
  public static let cgroupInetEgress = Self(rawValue: 1)
  /// `BPF_CGROUP_INET_SOCK_CREATE`.
  public static let cgroupInetSockCreate = Self(rawValue: 2)
  /// `BPF_CGROUP_SOCK_OPS`.
  public static let cgroupSockOps = Self(rawValue: 3)
  /// `BPF_SK_SKB_STREAM_PARSER`.
  public static let skSkbStreamParser = Self(rawValue: 4)
  /// `BPF_SK_SKB_STREAM_VERDICT`.
  public static let skSkbStreamVerdict = Self(rawValue: 5)
  /// `BPF_CGROUP_DEVICE`.
  public static let cgroupDevice = Self(rawValue: 6)
  /// `BPF_SK_MSG_VERDICT`.
  public static let skMsgVerdict = Self(rawValue: 7)
  /// `BPF_CGROUP_INET4_BIND`.
  public static let cgroupInet4Bind = Self(rawValue: 8)
  /// `BPF_CGROUP_INET6_BIND`.
  public static let cgroupInet6Bind = Self(rawValue: 9)
  /// `BPF_CGROUP_INET4_CONNECT`.
  public static let cgroupInet4Connect = Self(rawValue: 10)
  /// `BPF_CGROUP_INET6_CONNECT`.
  public static let cgroupInet6Connect = Self(rawValue: 11)
  /// `BPF_CGROUP_INET4_POST_BIND`.
  public static let cgroupInet4PostBind = Self(rawValue: 12)
  /// `BPF_CGROUP_INET6_POST_BIND`.
  public static let cgroupInet6PostBind = Self(rawValue: 13)
  /// `BPF_CGROUP_UDP4_SENDMSG`.
  public static let cgroupUdp4Sendmsg = Self(rawValue: 14)
  /// `BPF_CGROUP_UDP6_SENDMSG`.
  public static let cgroupUdp6Sendmsg = Self(rawValue: 15)
  /// `BPF_LIRC_MODE2`.
  public static let lircMode2 = Self(rawValue: 16)
  /// `BPF_FLOW_DISSECTOR`.
  public static let flowDissector = Self(rawValue: 17)
  /// `BPF_CGROUP_SYSCTL`.
  public static let cgroupSysctl = Self(rawValue: 18)
  /// `BPF_CGROUP_UDP4_RECVMSG`.
  public static let cgroupUdp4Recvmsg = Self(rawValue: 19)
  /// `BPF_CGROUP_UDP6_RECVMSG`.
  public static let cgroupUdp6Recvmsg = Self(rawValue: 20)
  /// `BPF_CGROUP_GETSOCKOPT`.
  public static let cgroupGetsockopt = Self(rawValue: 21)
  /// `BPF_CGROUP_SETSOCKOPT`.
  public static let cgroupSetsockopt = Self(rawValue: 22)
  /// `BPF_TRACE_RAW_TP`.
  public static let traceRawTracepoint = Self(rawValue: 23)
  /// `BPF_TRACE_FENTRY`.
  public static let traceFentry = Self(rawValue: 24)
  /// `BPF_TRACE_FEXIT`.
  public static let traceFexit = Self(rawValue: 25)
  /// `BPF_MODIFY_RETURN`.
  public static let modifyReturn = Self(rawValue: 26)
  /// `BPF_LSM_MAC`.
  public static let securityModule = Self(rawValue: 27)
  /// `BPF_TRACE_ITER`.
  public static let traceIterator = Self(rawValue: 28)
  /// `BPF_CGROUP_INET4_GETPEERNAME`.
  public static let cgroupInet4Getpeername = Self(rawValue: 29)
  /// `BPF_CGROUP_INET6_GETPEERNAME`.
  public static let cgroupInet6Getpeername = Self(rawValue: 30)
  /// `BPF_CGROUP_INET4_GETSOCKNAME`.
  public static let cgroupInet4Getsockname = Self(rawValue: 31)
  /// `BPF_CGROUP_INET6_GETSOCKNAME`.
  public static let cgroupInet6Getsockname = Self(rawValue: 32)
  /// `BPF_XDP_DEVMAP`.
  public static let xdpDevmap = Self(rawValue: 33)
  /// `BPF_CGROUP_INET_SOCK_RELEASE`.
  public static let cgroupInetSockRelease = Self(rawValue: 34)
  /// `BPF_XDP_CPUMAP`.
  public static let xdpCpumap = Self(rawValue: 35)
  /// `BPF_SK_LOOKUP`.
  public static let skLookup = Self(rawValue: 36)
  /// `BPF_XDP`.
  public static let xdp = Self(rawValue: 37)
  /// `BPF_SK_SKB_VERDICT`.
  public static let skSkbVerdict = Self(rawValue: 38)
  /// `BPF_SK_REUSEPORT_SELECT`.
  public static let skReuseportSelect = Self(rawValue: 39)
  /// `BPF_SK_REUSEPORT_SELECT_OR_MIGRATE`.
  public static let skReuseportSelectOrMigrate = Self(rawValue: 40)
  /// `BPF_PERF_EVENT`.
  public static let perfEvent = Self(rawValue: 41)
  /// `BPF_TRACE_KPROBE_MULTI`.
  public static let traceKprobeMulti = Self(rawValue: 42)
  /// `BPF_LSM_CGROUP`.
  public static let securityModuleCgroup = Self(rawValue: 43)
  /// `BPF_STRUCT_OPS`.
  public static let structOps = Self(rawValue: 44)
  /// `BPF_NETFILTER`.
  public static let netfilter = Self(rawValue: 45)
  /// `BPF_TCX_INGRESS`.
  public static let tcxIngress = Self(rawValue: 46)
  /// `BPF_TCX_EGRESS`.
  public static let tcxEgress = Self(rawValue: 47)
  /// `BPF_TRACE_UPROBE_MULTI`.
  public static let traceUprobeMulti = Self(rawValue: 48)
  /// `BPF_CGROUP_UNIX_CONNECT`.
  public static let cgroupUnixConnect = Self(rawValue: 49)
  /// `BPF_CGROUP_UNIX_SENDMSG`.
  public static let cgroupUnixSendmsg = Self(rawValue: 50)
  /// `BPF_CGROUP_UNIX_RECVMSG`.
  public static let cgroupUnixRecvmsg = Self(rawValue: 51)
  /// `BPF_CGROUP_UNIX_GETPEERNAME`.
  public static let cgroupUnixGetpeername = Self(rawValue: 52)
  /// `BPF_CGROUP_UNIX_GETSOCKNAME`.
  public static let cgroupUnixGetsockname = Self(rawValue: 53)
  /// `BPF_NETKIT_PRIMARY`.
  public static let netkitPrimary = Self(rawValue: 54)
  /// `BPF_NETKIT_PEER`.
  public static let netkitPeer = Self(rawValue: 55)
  /// `BPF_TRACE_KPROBE_SESSION`.
  public static let traceKprobeSession = Self(rawValue: 56)
  /// `BPF_TRACE_UPROBE_SESSION`.
  public static let traceUprobeSession = Self(rawValue: 57)
  /// `BPF_TRACE_FSESSION`.
  public static let traceFsession = Self(rawValue: 58)
  /// `BPF_TRACE_FENTRY_MULTI`.
  public static let traceFentryMulti = Self(rawValue: 59)
  /// `BPF_TRACE_FEXIT_MULTI`.
  public static let traceFexitMulti = Self(rawValue: 60)
  /// `BPF_TRACE_FSESSION_MULTI`.
  public static let traceFsessionMulti = Self(rawValue: 61)

  /// Whether this table has a name for it.
  public var isNamed: Bool { rawValue < UInt32(Self.names.count) }

  static let names: [String] = [
    "cgroup_inet_ingress", "cgroup_inet_egress", "cgroup_inet_sock_create", "cgroup_sock_ops", "sk_skb_stream_parser",
    "sk_skb_stream_verdict", "cgroup_device", "sk_msg_verdict", "cgroup_inet4_bind", "cgroup_inet6_bind",
    "cgroup_inet4_connect", "cgroup_inet6_connect", "cgroup_inet4_post_bind", "cgroup_inet6_post_bind",
    "cgroup_udp4_sendmsg", "cgroup_udp6_sendmsg", "lirc_mode2", "flow_dissector", "cgroup_sysctl",
    "cgroup_udp4_recvmsg", "cgroup_udp6_recvmsg", "cgroup_getsockopt", "cgroup_setsockopt", "trace_raw_tp",
    "trace_fentry", "trace_fexit", "modify_return", "lsm_mac", "trace_iter", "cgroup_inet4_getpeername",
    "cgroup_inet6_getpeername", "cgroup_inet4_getsockname", "cgroup_inet6_getsockname", "xdp_devmap",
    "cgroup_inet_sock_release", "xdp_cpumap", "sk_lookup", "xdp", "sk_skb_verdict", "sk_reuseport_select",
    "sk_reuseport_select_or_migrate", "perf_event", "trace_kprobe_multi", "lsm_cgroup", "struct_ops", "netfilter",
    "tcx_ingress", "tcx_egress", "trace_uprobe_multi", "cgroup_unix_connect", "cgroup_unix_sendmsg",
    "cgroup_unix_recvmsg", "cgroup_unix_getpeername", "cgroup_unix_getsockname", "netkit_primary", "netkit_peer",
    "trace_kprobe_session", "trace_uprobe_session", "trace_fsession", "trace_fentry_multi", "trace_fexit_multi",
    "trace_fsession_multi",
  ]
}
