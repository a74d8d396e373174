public import KernelInterface
internal import LinuxSystem

extension Program {
  /// Attaches to many kernel functions with one link.
  ///
  /// *First kernel*: 5.18; as a session of entry and return: 6.10.
  public func attach(to probes: KprobeMulti, session: Bool = false) throws(BPFError) -> Link {
    try link("\(probes.functions.count) kernel functions") { () throws(SystemCallError) in
      Link.State(link: try kernel.createKprobeMultiLink(descriptor, probes, session: session))
    }
  }

  /// Attaches to many places of a file with one link.
  ///
  /// *First kernel*: 6.6; as a session of entry and return: 6.13.
  public func attach(to probes: UprobeMulti, session: Bool = false) throws(BPFError) -> Link {
    try link("\(probes.path) at \(probes.offsets.count) places") { () throws(SystemCallError) in
      Link.State(link: try kernel.createUprobeMultiLink(descriptor, probes, session: session))
    }
  }
}
