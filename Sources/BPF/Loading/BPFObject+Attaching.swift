internal import KernelInterface

/// Attaching a whole object.
extension BPFObject {
  /// Attaches every program that is switched on (``ObjectProgram/isAttached``) and whose section says where: tracepoints,
  /// probes, USDT, tracing programs, LSM, iterators, replaced functions; and registers `struct_ops` maps.
  ///
  /// Programs whose section names no place, such as those of interfaces and control groups, are left: ``attach(to:)``
  /// takes them where it is told, and names those that it leaves.
  ///
  /// - Returns: the links in the order of the programs; what they attach lasts as long as they do.
  /// - Throws: the first error; what was attached before it is detached again.
  public func attach() throws(BPFError) -> [Link] { try attach(to: AttachmentTargets()).links }

  /// Attaches every program that is switched on (``ObjectProgram/isAttached``): where its section says, or else to the
  /// targets that are given for its kind; and registers `struct_ops` maps.
  ///
  ///     var targets = AttachmentTargets()
  ///     targets.interfaces = ["eth0", "wlan0"]
  ///     targets.controlGroups = ["/sys/fs/cgroup"]
  ///     let attachment = try object.attach(to: targets)
  ///     for program in attachment.left { print(program) }
  ///
  /// A program goes to every target of its kind. Targets for which the object has no program are not looked at.
  ///
  /// - Returns: the links, and the programs that are left with the call that attaches each.
  /// - Throws: the first error; what was attached before it is detached again.
  public func attach(to targets: AttachmentTargets) throws(BPFError) -> ObjectAttachment {
    let attacher = ObjectAttacher(self, targets: targets)
    var attachment = ObjectAttachment()
    for program in spec.programs where program.isAttached {
      switch try attacher.attach(program) {
      case .success(let links): attachment.links += links
      case .failure(let program): attachment.left.append(program)
      }
    }
    for map in maps {
      if let link = try attacher.attachOperations(of: map) { attachment.links.append(link) }
    }
    return attachment
  }
}
