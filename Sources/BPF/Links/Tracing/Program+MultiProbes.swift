public import KernelInterface
internal import LinuxSystem

extension Program {
  /// Attaches to many kernel functions with one link.
  ///
  /// *First kernel*: 5.18; as a session of entry and return: 6.10.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``: `ESRCH` when the kernel has one of the functions not, or not to be probed;
  ///   `EINVAL` for a program that was not loaded for `AttachType.traceKprobeMulti`, and on older
  ///   kernels; `EOPNOTSUPP` on a kernel without fprobes.
  public func attach(to probes: KprobeMulti, session: Bool = false) throws(BPFError) -> Link {
    try link("\(probes.functions.count) kernel functions") { () throws(SystemCallError) in
      Link.State(link: try kernel.createKprobeMultiLink(descriptor, probes, session: session))
    }
  }

  /// Attaches to many places of a file with one link.
  ///
  /// *First kernel*: 6.6; as a session of entry and return: 6.13.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``: `EINVAL` for a program that was not loaded for
  ///   `AttachType.traceUprobeMulti`, and on older kernels; `ENOENT` without the file; `ESRCH` without the process.
  public func attach(to probes: UprobeMulti, session: Bool = false) throws(BPFError) -> Link {
    try link("\(probes.path) at \(probes.offsets.count) places") { () throws(SystemCallError) in
      Link.State(link: try kernel.createUprobeMultiLink(descriptor, probes, session: session))
    }
  }
}
