/// A map of a kernel program: a global variable whose bytes are its definition and whose address is the map.
public protocol KernelMap: ~Copyable {
  /// The definition, and by its address the map, as helpers take it.
  var definition: UnsafeMutablePointer<MapDefinition> { get }
}

extension KernelMap where Self: ~Copyable {
  /// The map, as helpers take it.
  @_alwaysEmitIntoClient public var raw: UnsafeMutableRawPointer {
    @_transparent get { UnsafeMutableRawPointer(definition) }
  }
}
