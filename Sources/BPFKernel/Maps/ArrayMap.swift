internal import Builtin

/// An array of values that start as zeros, `BPF_MAP_TYPE_ARRAY`.
///
/// *First kernel*: 3.19.
@frozen @_rawLayout(like: MapDefinition)
public struct ArrayMap<Value: BitwiseCopyable>: IndexedMap, ~Copyable, @unchecked Sendable {
  /// The definition, and by its address the map.
  @_alwaysEmitIntoClient public var definition: UnsafeMutablePointer<MapDefinition> {
    @_transparent get { UnsafeMutablePointer(Builtin.addressOfRawLayout(self)) }
  }

  /// An array of `count` values.
  @_alwaysEmitIntoClient @_transparent
  public init(count: UInt32, flags: MapFlags = .none, pinned: Bool = false) {
    definition.initialize(
      to: MapDefinition(
        .array, keySize: 4, valueSize: MemoryLayout<Value>.stride, maxEntries: count, flags: flags, pinned: pinned))
  }
}
