internal import KernelInterface
public import LinuxSystem

/// What a reference means.
extension ObjectLookup {
  /// Opens the one object that a reference means.
  ///
  /// - Throws: ``InspectorError/ambiguous(_:ids:)`` when a name or a tag means several: what changes an object must not
  ///   take any of them.
  public func open(_ reference: ObjectReference) throws(InspectorError) -> OwnedDescriptor {
    switch reference {
    case .id(let id): return try open(id)
    case .pinned(let path): return try open(pinned: path)
    case .name, .tag:
      let ids = try ids(of: reference)
      guard ids.count == 1, let id = ids.first else { throw .ambiguous("\(reference)", ids: ids) }
      return try open(id)
    }
  }

  /// The ids of all objects of a name or a tag, ascending.
  ///
  /// - Throws: ``InspectorError/notFound(_:)`` when there is none.
  public func ids(of reference: ObjectReference) throws(InspectorError) -> [UInt32] {
    var ids: [UInt32] = []
    try forEach { id, object throws(InspectorError) in
      let isMeant = try InspectorError.wrap { () throws(SystemCallError) in try matches(object, reference) }
      if isMeant { ids.append(id) }
    }
    if ids.isEmpty { throw .notFound("no \(kind) with \(reference)") }
    return ids
  }

  /// Calls `body` with each object that a reference means.
  ///
  /// - Throws: ``InspectorError/notFound(_:)`` when it means none.
  public func forEach(
    meantBy reference: ObjectReference, _ body: (borrowing OwnedDescriptor) throws(InspectorError) -> Void
  ) throws(InspectorError) {
    switch reference {
    case .id(let id): try body(open(id))
    case .pinned(let path): try body(open(pinned: path))
    case .tag, .name:
      var count = 0
      try forEach { _, object throws(InspectorError) in
        guard try InspectorError.wrap({ () throws(SystemCallError) in try matches(object, reference) }) else { return }
        count += 1
        try body(object)
      }
      if count == 0 { throw .notFound("no \(kind) with \(reference)") }
    }
  }

  private func matches(
    _ object: borrowing OwnedDescriptor, _ reference: ObjectReference
  ) throws(SystemCallError) -> Bool {
    switch (kind, reference) {
    case (.map, .name(let name)): try kernel.mapInfo(object).name == name
    case (.program, .name(let name)): try isNamed(name, object)
    case (.program, .tag(let tag)): try kernel.programInfo(object, withMaps: false).tag == tag
    default: false
    }
  }

  /// Whether that is a program's whole name, or what the kernel keeps of it.
  private func isNamed(_ name: String, _ program: borrowing OwnedDescriptor) throws(SystemCallError) -> Bool {
    let info = try kernel.programInfo(program, withMaps: false)
    if info.name == name { return true }
    return name.hasPrefix(info.name) && ProgramName.full(of: program, info, kernel) == name
  }
}
