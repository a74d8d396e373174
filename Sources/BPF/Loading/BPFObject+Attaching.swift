internal import KernelInterface

/// Attaching a whole object.
extension BPFObject {
  /// Attaches every program that is switched on (``ObjectProgram/isAttached``) and whose section says where: tracepoints,
  /// probes, USDT, tracing programs, LSM, iterators, replaced functions; and registers `struct_ops` maps.
  ///
  /// Programs whose section names no place, such as those of interfaces and control groups, are attached by hand.
  ///
  /// - Returns: the links in the order of the programs; what they attach lasts as long as they do.
  /// - Throws: the first error; what was attached before it is detached again.
  public func attach() throws(BPFError) -> [Link] {
    let attacher = ObjectAttacher(self)
    var links: [Link] = []
    for program in spec.programs where program.isAttached {
      if let link = try attacher.attach(program) { links.append(link) }
    }
    for map in maps {
      if let link = try attacher.attachOperations(of: map) { links.append(link) }
    }
    return links
  }
}
