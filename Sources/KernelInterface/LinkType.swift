/// What kind of link it is: `enum bpf_link_type`.
///
/// Numbers: `include/uapi/linux/bpf.h`; a test compares them with the running kernel's.
public struct LinkType: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  /// The kernel's number.
  public var rawValue: UInt32

  /// Any number, also one that this table does not have yet.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The name as bpftool writes it; "type 99" where the table has none.
  public var description: String {
    Int(exactly: rawValue).flatMap { Self.names.indices.contains($0) ? Self.names[$0] : nil } ?? "type \(rawValue)"
  }
}

extension LinkType {
  /// `BPF_LINK_TYPE_UNSPEC`.
  public static let unspecified = Self(rawValue: 0)
  /// `BPF_LINK_TYPE_RAW_TRACEPOINT`.
  public static let rawTracepoint = Self(rawValue: 1)
  /// `BPF_LINK_TYPE_TRACING`.
  public static let tracing = Self(rawValue: 2)
  /// `BPF_LINK_TYPE_CGROUP`.
  public static let cgroup = Self(rawValue: 3)
  /// `BPF_LINK_TYPE_ITER`.
  public static let iterator = Self(rawValue: 4)
  /// `BPF_LINK_TYPE_NETNS`.
  public static let networkNamespace = Self(rawValue: 5)
  /// `BPF_LINK_TYPE_XDP`.
  public static let xdp = Self(rawValue: 6)
  /// `BPF_LINK_TYPE_PERF_EVENT`.
  public static let perfEvent = Self(rawValue: 7)
  /// `BPF_LINK_TYPE_KPROBE_MULTI`.
  public static let kprobeMulti = Self(rawValue: 8)
  /// `BPF_LINK_TYPE_STRUCT_OPS`.
  public static let structOperations = Self(rawValue: 9)
  /// `BPF_LINK_TYPE_NETFILTER`.
  public static let netfilter = Self(rawValue: 10)
  /// `BPF_LINK_TYPE_TCX`.
  public static let tcx = Self(rawValue: 11)
  /// `BPF_LINK_TYPE_UPROBE_MULTI`.
  public static let uprobeMulti = Self(rawValue: 12)
  /// `BPF_LINK_TYPE_NETKIT`.
  public static let netkit = Self(rawValue: 13)
  /// `BPF_LINK_TYPE_SOCKMAP`.
  public static let socketMap = Self(rawValue: 14)
  /// `BPF_LINK_TYPE_TRACING_MULTI`.
  public static let tracingMulti = Self(rawValue: 15)

  /// Whether this table has a name for it.
  public var isNamed: Bool { rawValue < UInt32(Self.names.count) }

  static let names: [String] = [
    "unspec", "raw_tracepoint", "tracing", "cgroup", "iter", "netns", "xdp", "perf_event", "kprobe_multi",
    "struct_ops", "netfilter", "tcx", "uprobe_multi", "netkit", "sockmap", "tracing_multi",
  ]
}
