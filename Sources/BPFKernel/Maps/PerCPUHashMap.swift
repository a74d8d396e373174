internal import Builtin

/// A hash table with a value of its own for each CPU, `BPF_MAP_TYPE_PERCPU_HASH`.
///
/// A program sees its own CPU's value, which no other changes at the same time.
///
/// *First kernel*: 4.6.
@frozen @_rawLayout(like: MapDefinition)
public struct PerCPUHashMap<Key: BitwiseCopyable, Value: BitwiseCopyable>: KeyedMapWithRemoval, ~Copyable,
  @unchecked Sendable
{
  /// The definition, and by its address the map.
  @_alwaysEmitIntoClient public var definition: UnsafeMutablePointer<MapDefinition> {
    @_transparent get { UnsafeMutablePointer(Builtin.addressOfRawLayout(self)) }
  }

  /// A map of at most `maxEntries` elements.
  @_alwaysEmitIntoClient @_transparent
  public init(maxEntries: UInt32, flags: MapFlags = .none, pinned: Bool = false) {
    definition.initialize(
      to: MapDefinition(
        .perCPUHash, keySize: MemoryLayout<Key>.stride, valueSize: MemoryLayout<Value>.stride, maxEntries: maxEntries,
        flags: flags, pinned: pinned))
  }
}
