/// What the loader must create for a map of maps: its own definition, and that of the maps it holds.
///
/// `bpf build` makes of the second the `values` member of the map's entry, with the key's and value's types of the
/// inner map type's parameters.
@frozen
public struct NestedMapDefinition: BitwiseCopyable, Sendable {
  /// The map of maps; its values are descriptors of 4 bytes.
  public var outer: MapDefinition
  /// What each of its maps is like.
  public var inner: MapDefinition

  @_alwaysEmitIntoClient @_transparent
  init(outer: MapDefinition, inner: MapDefinition) {
    self.outer = outer
    self.inner = inner
  }
}

/// A type of map that can be held by a map of maps.
public protocol InnerMap: KernelMap, ~Copyable {
  /// The definition of such a map with at most `maxEntries` elements, or of so many bytes.
  static func definition(maxEntries: UInt32) -> MapDefinition
}
