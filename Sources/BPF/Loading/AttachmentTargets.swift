/// Where the programs of an object go whose sections say what they are for, and not where.
///
///     var targets = AttachmentTargets()
///     targets.interfaces = ["eth0"]
///     let attachment = try object.attach(to: targets)
///
/// A program of a kind for which nothing is given is left, and ``ObjectAttachment/left`` says so.
public struct AttachmentTargets: Hashable, Sendable {
  /// For user probes (uprobes, USDT) and `perf_event` programs, the one process; nil for all.
  public var process: Int32?
  /// Names of network interfaces, for XDP, classifier (tc, tcx) and netkit programs.
  ///
  /// Classifiers of the sections `tc/…` and `tcx/…` go to tcx where the kernel has it (6.6), else, as those of a bare
  /// `tc`, into a filter of the interface; a bare `tc` and `classifier` get what comes in.
  public var interfaces: [String] = []
  /// Directories of control groups, for all programs of control groups; a bare `cgroup/skb` gets what comes in.
  public var controlGroups: [String] = []
  /// How often `perf_event` programs run on each CPU, in calls a second.
  public var frequency: UInt64?
  /// Whether programs for a whole network (`sk_lookup`, `flow_dissector`) go to that of the calling thread.
  public var includesNetwork = false
  /// Places for netfilter programs in the network of the calling thread.
  public var netfilterHooks: [NetfilterHook] = []
  /// Names of maps of sockets in the object, for `sk_msg` and `sk_skb` programs.
  public var socketMaps: [String] = []

  /// Nowhere.
  public init() {}
}
