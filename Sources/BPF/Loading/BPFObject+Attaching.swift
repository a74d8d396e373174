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
    var links: [Link] = []
    var usdt: USDTMaps?
    for program in spec.programs where program.isAttached {
      guard let loaded = try? self.program(named: program.name) else { continue }
      if usdt == nil, program.section?.attachment == .usdt { usdt = try usdtMaps() }
      if let link = try attach(loaded, program, usdt) { links.append(link) }
    }
    for map in maps {
      guard let operations = map.spec.structOperations else { continue }
      links.append(operations.usesLink ? try map.attachOperations() : try register(map))
    }
    return links
  }

  /// Attaches one program by what its section and its spec say; nil when they do not name a place.
  private func attach(
    _ loaded: Program, _ program: ObjectProgram, _ usdt: USDTMaps?
  ) throws(BPFError) -> Link? {
    let cookie = program.cookie ?? 0
    if program.type == .freplace { return try loaded.attachReplacement() }
    let section =
      if let target = program.attachTarget, let prefix = program.section?.prefix {
        "\(prefix)/\(target)"
      } else {
        program.sectionName
      }
    let target: AttachTarget?
    do throws(AttachError) { target = try AttachTarget(section: section) } catch { throw .attach(error) }
    guard let target else { return nil }
    return try loaded.attach(to: target, cookie: cookie, usdtMaps: usdt)
  }

  /// Registers operations whose map has no link, until the answer is closed.
  private func register(_ map: Map) throws(BPFError) -> Link {
    let operations = try StructOpsMap(map)
    try operations.register(operationValues[map.spec.name] ?? [])
    return Link(subject: "struct_ops map '\(map.spec.name)'", kernel: kernel) { _ = try? operations.unregister() }
  }

  /// The maps of `bpf/usdt.bpf.h`; nil when the object has none.
  private func usdtMaps() throws(BPFError) -> USDTMaps? {
    guard let specs = try? map(named: "__bpf_usdt_specs") else { return nil }
    return try USDTMaps(specs: specs, addresses: try? map(named: "__bpf_usdt_ip_to_spec_id"))
  }
}
