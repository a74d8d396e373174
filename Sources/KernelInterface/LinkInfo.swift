public import LinuxSystem

/// What the kernel tells of a link: the part of `struct bpf_link_info` that all kinds have, and how many events a probe
/// missed.
public struct LinkInfo: Hashable, Sendable {
  /// Its kind.
  public var type: LinkType
  /// Its number.
  public var id: UInt32
  /// The attached program.
  public var programID: UInt32
  /// Events that did not reach the program because its kprobes were busy; nil where the kind of link or the kernel does
  /// not count them (kprobes by perf events and by multi links: Linux 6.7).
  public var missed: UInt64?
}

extension KernelCalls {
  /// The facts about a link.
  ///
  /// Linux 5.8.
  public func linkInfo(_ link: borrowing OwnedDescriptor) throws(SystemCallError) -> LinkInfo {
    let info = try objectInfo(link, size: 64, subject: "link")
    let type = LinkType(rawValue: info.number(UInt32.self, at: 0))
    let missed: UInt64?
    switch type {
    case .kprobeMulti: missed = info.number(UInt64.self, at: 32)  // kprobe_multi.missed
    case .perfEvent:
      // perf_event.type: BPF_PERF_EVENT_KPROBE and BPF_PERF_EVENT_KRETPROBE
      let kind = info.number(UInt32.self, at: 16)
      missed = kind == 3 || kind == 4 ? info.number(UInt64.self, at: 48) : nil  // perf_event.kprobe.missed
    default: missed = nil
    }
    return LinkInfo(
      type: type, id: info.number(UInt32.self, at: 4), programID: info.number(UInt32.self, at: 8), missed: missed)
  }
}
