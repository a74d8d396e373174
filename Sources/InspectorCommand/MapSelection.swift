internal import Inspector
internal import KernelInterface
internal import LinuxSystem

/// The maps that a word was given: all, or those of a reference.
struct MapSelection {
  private let reference: ObjectReference?
  private let lookup: ObjectLookup
  private let kernel: any KernelCalls

  /// Reads the reference off a call's words; without words it is all maps.
  init(takingFrom call: inout InspectorCall) throws(InspectorError) {
    reference =
      call.words.isEmpty ? nil : try ObjectReference(takingFrom: &call.words, allowing: [.id, .name, .pinned])
    lookup = ObjectLookup(.map, kernel: call.kernel)
    kernel = call.kernel
  }

  /// Whether one object was asked for, rather than all.
  var isOne: Bool { reference != nil }

  /// Calls `body` with each map.
  ///
  /// - Throws: ``InspectorError/notFound(_:)`` when a reference means none.
  func forEach(_ body: (borrowing OwnedDescriptor) throws(InspectorError) -> Void) throws(InspectorError) {
    switch reference {
    case nil, .tag: try lookup.forEach { _, map throws(InspectorError) in try body(map) }
    case .id(let id): try body(lookup.open(id))
    case .pinned(let path): try body(lookup.open(pinned: path))
    case .name(let name):
      var count = 0
      try lookup.forEach { _, map throws(InspectorError) in
        let info: MapInfo
        do throws(SystemCallError) { info = try kernel.mapInfo(map) } catch { throw .systemCall(error) }
        guard info.name == name else { return }
        count += 1
        try body(map)
      }
      if count == 0 { throw .notFound("no map with name \(name)") }
    }
  }
}
