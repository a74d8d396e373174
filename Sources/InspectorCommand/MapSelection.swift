internal import BPF
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

  /// Reads a reference that has to be there.
  ///
  /// - Throws: ``InspectorError/usage(_:)`` without one.
  init(takingOneFrom call: inout InspectorCall) throws(InspectorError) {
    if call.words.isEmpty { throw .usage("expected 'id', 'name' or 'pinned'") }
    try self.init(takingFrom: &call)
  }

  /// Whether one object was asked for, rather than all.
  var isOne: Bool { reference != nil }

  /// Calls `body` with each map.
  ///
  /// - Throws: ``InspectorError/notFound(_:)`` when a reference means none.
  func forEach(_ body: (borrowing OwnedDescriptor) throws(InspectorError) -> Void) throws(InspectorError) {
    if let reference { return try lookup.forEach(meantBy: reference, body) }
    try lookup.forEach { _, map throws(InspectorError) in try body(map) }
  }

  /// Opens the maps, one or several of the same name.
  ///
  /// - Throws: ``InspectorError/usage(_:)`` without a reference; ``InspectorError/notFound(_:)`` when it means none.
  func all() throws(InspectorError) -> [Map] {
    guard let reference else { throw .usage("expected 'id', 'name' or 'pinned'") }
    guard case .name = reference else { return [try Self.map(lookup.open(reference), kernel)] }
    var maps: [Map] = []
    for id in try lookup.ids(of: reference) {
      do throws(InspectorError) { maps.append(try Self.map(lookup.open(id), kernel)) } catch {
        // It may have gone since it was found.
        guard case .systemCall(let call) = error, call.errno == .noSuchFileOrDirectory else { throw error }
      }
    }
    if maps.isEmpty { throw .notFound("no map with \(reference)") }
    return maps
  }

  /// Opens the one map that the reference means.
  ///
  /// - Throws: ``InspectorError/ambiguous(_:ids:)`` when it means several.
  func one() throws(InspectorError) -> Map {
    guard let reference else { throw .usage("expected 'id', 'name' or 'pinned'") }
    return try Self.map(lookup.open(reference), kernel)
  }

  private static func map(
    _ descriptor: consuming OwnedDescriptor, _ kernel: any KernelCalls
  ) throws(InspectorError) -> Map {
    do throws(BPFError) { return try Map(adopting: descriptor, kernel: kernel) } catch { throw .library(error) }
  }
}
