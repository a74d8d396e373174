internal import KernelInterface
internal import LinuxSystem

extension Map {
  /// Registers the kernel's operations that this `struct_ops` map holds, until the link is closed.
  ///
  /// The map must have been created with `BPF_F_LINK` (as from a section `.struct_ops.link`) and have its value. A map
  /// without that flag is registered by giving it its value, and stays so until its key is removed.
  ///
  /// *First kernel*: 6.4.
  ///
  /// - Throws: ``BPFError/wrongMapType(map:_:)``; ``BPFError/attachRefused(_:)``: `EINVAL` without the flag or a value,
  ///   `EEXIST` when operations of the same name are registered.
  public func attachOperations() throws(BPFError) -> Link {
    let place = "the kernel's operations"
    guard spec.type == .structOps else { throw .wrongMapType(map: spec.name, spec.type) }
    do throws(SystemCallError) {
      return Link(
        subject: "struct_ops map '\(spec.name)'",
        adopting: try kernel.createStructOperationsLink(descriptor, subject: "map '\(spec.name)'"), kernel: kernel)
    } catch {
      let features = kernel is LiveKernel ? KernelFeatures.running : KernelFeatures(kernel)
      let absence = error.errno == .invalidArgument ? features.absence(of: .link(.structOps)) : nil
      let cause: AttachRefusal.Cause = error.errno == .fileExists ? .occupied(programIDs: []) : .unknown
      throw .attachRefused(
        AttachRefusal(
          "map '\(spec.name)'", place: place, cause: absence.map { .absent($0) } ?? cause, error: error))
    }
  }
}

extension Link {
  /// Exchanges the operations of a `struct_ops` link for another map's without a moment without any.
  ///
  /// *First kernel*: 6.4.
  ///
  /// - Parameter old: the map that must be registered for this to happen; nil for any.
  /// - Throws: `EOPNOTSUPP` when the kernel cannot exchange operations of this kind; `EINVAL` for operations of another
  ///   kind, or when `map` has no `BPF_F_LINK`; `EPERM` when `old` is not registered.
  public func update(to map: Map, replacing old: Map? = nil) throws(BPFError) {
    try requireLink { link throws(SystemCallError) in
      try kernel.updateStructOperationsLink(
        link, to: map.descriptor, replacing: old?.descriptor.withNumber { $0 }, subject: subject)
    }
  }
}
