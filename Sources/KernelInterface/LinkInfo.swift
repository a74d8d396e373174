public import LinuxSystem

/// What the kernel tells of a link: what all kinds have, and what is special to its kind.
public struct LinkInfo: Hashable, Sendable {
  /// Its kind.
  public var type: LinkType
  /// Its number.
  public var id: UInt32
  /// The attached program; 0 for a `struct_ops` link, which has none.
  public var programID: UInt32
  /// Where it attaches, as far as this kernel tells.
  public var target: LinkTarget

  /// Events that did not reach the program because its kprobes were busy; nil where the kind of link or the kernel does
  /// not count them (kprobes by perf events and by multi links: Linux 6.7).
  public var missed: UInt64? {
    switch target {
    case .kprobeMulti(let probes): probes.missed
    case .kprobe(let probe): probe.missed
    default: nil
    }
  }
}

extension KernelCalls {
  /// Bytes of the parts of `struct bpf_link_info` that are read here.
  ///
  /// An older kernel takes a longer structure than its own when what it does not know is zero.
  static var linkInfoSize: Int { 64 }

  /// The facts about a link (`BPF_OBJ_GET_INFO_BY_FD`).
  ///
  /// Linux 5.8; the names and places of kprobes and uprobes: 6.6 and later.
  public func linkInfo(_ link: borrowing OwnedDescriptor) throws(SystemCallError) -> LinkInfo {
    let info = try objectInfo(link, size: Self.linkInfoSize, subject: "link")
    let type = LinkType(rawValue: info.number(UInt32.self, at: 0))
    return LinkInfo(
      type: type, id: info.number(UInt32.self, at: 4), programID: info.number(UInt32.self, at: 8),
      target: try linkTarget(of: link, type, info))
  }
}
