internal import BPF
internal import Inspector
internal import KernelInterface
internal import LinuxSystem

/// The maps that a word was given.
struct MapSelection {
  private let objects: ObjectSelection
  private let kernel: any KernelCalls

  /// Reads a reference, which has to be there.
  ///
  /// - Throws: ``InspectorError/usage(_:)`` without one.
  init(takingOneFrom call: inout InspectorCall) throws(InspectorError) {
    objects = try ObjectSelection(.map, takingOneFrom: &call)
    kernel = call.kernel
  }

  /// Opens the maps, one or several of the same name.
  ///
  /// - Throws: ``InspectorError/notFound(_:)`` when the reference means none.
  func all() throws(InspectorError) -> [Map] {
    var maps: [Map] = []
    try objects.openEach { map throws(InspectorError) in maps.append(try Self.map(map, kernel)) }
    return maps
  }

  /// Opens the one map that the reference means.
  ///
  /// - Throws: ``InspectorError/ambiguous(_:ids:)`` when it means several.
  func one() throws(InspectorError) -> Map { try Self.map(objects.one(), kernel) }

  private static func map(
    _ descriptor: consuming OwnedDescriptor, _ kernel: any KernelCalls
  ) throws(InspectorError) -> Map {
    do throws(BPFError) { return try Map(adopting: descriptor, kernel: kernel) } catch { throw .library(error) }
  }
}
