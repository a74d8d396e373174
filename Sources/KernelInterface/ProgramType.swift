/// What kind of program it is: `enum bpf_prog_type`.
///
/// Numbers: `include/uapi/linux/bpf.h`; a test compares them with the running kernel's.
public struct ProgramType: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  /// The kernel's number.
  public var rawValue: UInt32

  /// Any number, also one that this table does not have yet.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The name as bpftool writes it; "type 99" where the table has none.
  public var description: String {
    Int(exactly: rawValue).flatMap { Self.names.indices.contains($0) ? Self.names[$0] : nil } ?? "type \(rawValue)"
  }
}

extension ProgramType {
  /// `BPF_PROG_TYPE_UNSPEC`.
  public static let unspecified = Self(rawValue: 0)
  /// `BPF_PROG_TYPE_SOCKET_FILTER`.
  public static let socketFilter = Self(rawValue: 1)
  /// `BPF_PROG_TYPE_KPROBE`.
  public static let kprobe = Self(rawValue: 2)
  /// `BPF_PROG_TYPE_SCHED_CLS`.
  public static let schedulerClassifier = Self(rawValue: 3)
  /// `BPF_PROG_TYPE_SCHED_ACT`.
  public static let schedulerAction = Self(rawValue: 4)
  /// `BPF_PROG_TYPE_TRACEPOINT`.
  public static let tracepoint = Self(rawValue: 5)
  /// `BPF_PROG_TYPE_XDP`.
  public static let xdp = Self(rawValue: 6)
  /// `BPF_PROG_TYPE_PERF_EVENT`.
  public static let perfEvent = Self(rawValue: 7)
  /// `BPF_PROG_TYPE_CGROUP_SKB`.
  public static let cgroupSocketBuffer = Self(rawValue: 8)
  /// `BPF_PROG_TYPE_CGROUP_SOCK`.
  public static let cgroupSocket = Self(rawValue: 9)
  /// `BPF_PROG_TYPE_LWT_IN`.
  public static let lwtIn = Self(rawValue: 10)
  /// `BPF_PROG_TYPE_LWT_OUT`.
  public static let lwtOut = Self(rawValue: 11)
  /// `BPF_PROG_TYPE_LWT_XMIT`.
  public static let lwtXmit = Self(rawValue: 12)
  /// `BPF_PROG_TYPE_SOCK_OPS`.
  public static let socketOperations = Self(rawValue: 13)
  /// `BPF_PROG_TYPE_SK_SKB`.
  public static let socketBuffer = Self(rawValue: 14)
  /// `BPF_PROG_TYPE_CGROUP_DEVICE`.
  public static let cgroupDevice = Self(rawValue: 15)
  /// `BPF_PROG_TYPE_SK_MSG`.
  public static let socketMessage = Self(rawValue: 16)
  /// `BPF_PROG_TYPE_RAW_TRACEPOINT`.
  public static let rawTracepoint = Self(rawValue: 17)
  /// `BPF_PROG_TYPE_CGROUP_SOCK_ADDR`.
  public static let cgroupSocketAddress = Self(rawValue: 18)
  /// `BPF_PROG_TYPE_LWT_SEG6LOCAL`.
  public static let lwtSegment6Local = Self(rawValue: 19)
  /// `BPF_PROG_TYPE_LIRC_MODE2`.
  public static let lircMode2 = Self(rawValue: 20)
  /// `BPF_PROG_TYPE_SK_REUSEPORT`.
  public static let socketReusePort = Self(rawValue: 21)
  /// `BPF_PROG_TYPE_FLOW_DISSECTOR`.
  public static let flowDissector = Self(rawValue: 22)
  /// `BPF_PROG_TYPE_CGROUP_SYSCTL`.
  public static let cgroupSysctl = Self(rawValue: 23)
  /// `BPF_PROG_TYPE_RAW_TRACEPOINT_WRITABLE`.
  public static let rawTracepointWritable = Self(rawValue: 24)
  /// `BPF_PROG_TYPE_CGROUP_SOCKOPT`.
  public static let cgroupSocketOption = Self(rawValue: 25)
  /// `BPF_PROG_TYPE_TRACING`.
  public static let tracing = Self(rawValue: 26)
  /// `BPF_PROG_TYPE_STRUCT_OPS`.
  public static let structOperations = Self(rawValue: 27)
  /// `BPF_PROG_TYPE_EXT`.
  public static let freplace = Self(rawValue: 28)
  /// `BPF_PROG_TYPE_LSM`.
  public static let securityModule = Self(rawValue: 29)
  /// `BPF_PROG_TYPE_SK_LOOKUP`.
  public static let socketLookup = Self(rawValue: 30)
  /// `BPF_PROG_TYPE_SYSCALL`.
  public static let systemCall = Self(rawValue: 31)
  /// `BPF_PROG_TYPE_NETFILTER`.
  public static let netfilter = Self(rawValue: 32)

  /// Whether this package knows the kernel's word for it.
  public var isNamed: Bool { rawValue < UInt32(Self.names.count) }

  static let names: [String] = [
    "unspec", "socket_filter", "kprobe", "sched_cls", "sched_act", "tracepoint", "xdp", "perf_event", "cgroup_skb",
    "cgroup_sock", "lwt_in", "lwt_out", "lwt_xmit", "sock_ops", "sk_skb", "cgroup_device", "sk_msg", "raw_tracepoint",
    "cgroup_sock_addr", "lwt_seg6local", "lirc_mode2", "sk_reuseport", "flow_dissector", "cgroup_sysctl",
    "raw_tracepoint_writable", "cgroup_sockopt", "tracing", "struct_ops", "ext", "lsm", "sk_lookup", "syscall",
    "netfilter",
  ]
}
