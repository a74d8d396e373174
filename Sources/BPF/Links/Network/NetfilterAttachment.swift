internal import KernelInterface
internal import LinuxSystem

/// A place in the way of packets through the IP stack.
public struct NetfilterHook: Hashable, Sendable {
  /// Which packets: `NFPROTO_…` in `include/uapi/linux/netfilter.h`.
  public enum Family: UInt32, CaseIterable, Sendable {
    /// IP version 4.
    case ipv4 = 2
    /// IP version 6.
    case ipv6 = 10
  }

  /// Where: `enum nf_inet_hooks` in `include/uapi/linux/netfilter.h`.
  public enum Point: UInt32, CaseIterable, Sendable {
    /// All that arrives.
    case preRouting = 0
    /// What is for this machine.
    case localIn = 1
    /// What goes through.
    case forward = 2
    /// What this machine sends.
    case localOut = 3
    /// All that leaves.
    case postRouting = 4
  }

  /// Which packets.
  public var family: Family
  /// Where.
  public var point: Point
  /// Smaller numbers run first.
  ///
  /// iptables' filter table is at 0. The smallest and the greatest are kept for the kernel.
  public var priority: Int32
  /// Whether packets come whole rather than in fragments (`BPF_F_NETFILTER_IP_DEFRAG`, Linux 6.6), with a priority
  /// above -400.
  public var defragments: Bool

  /// A place by its parts.
  public init(_ family: Family, _ point: Point, priority: Int32 = 0, defragments: Bool = false) {
    self.family = family
    self.point = point
    self.priority = priority
    self.defragments = defragments
  }
}

extension Program {
  /// Attaches a netfilter program to a hook of the calling thread's network.
  ///
  /// *First kernel*: 6.4.
  ///
  /// - Throws: ``BPFError/attachRefused(_:)``: `EBUSY` when a BPF program with the same priority is there.
  public func attach(to hook: NetfilterHook) throws(BPFError) -> Link {
    let subject = "netfilter \(hook.family) \(hook.point) at priority \(hook.priority)"
    try require([.netfilter], for: subject)
    return try attach(to: subject, lacking: .link(.netfilter)) { () throws(NetlinkError) in
      try NetlinkError.wrap { () throws(SystemCallError) in
        Link.State(
          link: try kernel.createNetfilterLink(
            descriptor, family: hook.family.rawValue, hook: hook.point.rawValue, priority: hook.priority,
            flags: hook.defragments ? 1 : 0, subject: subject))
      }
    } explain: { errno in
      // Which of the machine's netfilter links are of this network cannot be told from their facts.
      if errno == .resourceBusy { return .occupied(programIDs: []) }
      if errno == .invalidArgument, hook.defragments {
        return .missing(facility: "defragmentation for netfilter links", firstKernel: KernelVersion(6, 6))
      }
      return mismatch(.netfilter, errno)
    }
  }
}
