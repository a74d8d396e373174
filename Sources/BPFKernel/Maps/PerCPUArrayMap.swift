internal import Builtin

/// An array with a value of its own for each CPU at each index, `BPF_MAP_TYPE_PERCPU_ARRAY`.
///
/// A program sees its own CPU's value, which no other changes at the same time.
///
/// *First kernel*: 4.6.
@frozen @_rawLayout(like: MapDefinition)
public struct PerCPUArrayMap<Value: BitwiseCopyable>: IndexedMap, ~Copyable, @unchecked Sendable {
  /// The definition, and by its address the map.
  @_alwaysEmitIntoClient public var definition: UnsafeMutablePointer<MapDefinition> {
    @_transparent get { UnsafeMutablePointer(Builtin.addressOfRawLayout(self)) }
  }

  /// An array of `count` values.
  @_alwaysEmitIntoClient @_transparent
  public init(count: UInt32, flags: MapFlags = .none, pinned: Bool = false) {
    definition.initialize(
      to: MapDefinition(
        .perCPUArray, keySize: 4, valueSize: MemoryLayout<Value>.stride, maxEntries: count, flags: flags, pinned: pinned
      ))
  }
}
