internal import Builtin

/// A hash table with a value for each CPU that drops the element used longest ago when it is full,
/// `BPF_MAP_TYPE_LRU_PERCPU_HASH`.
///
/// *First kernel*: 4.10.
@frozen @_rawLayout(like: MapDefinition)
public struct LRUPerCPUHashMap<Key: BitwiseCopyable, Value: BitwiseCopyable>: KeyedMapWithRemoval, ~Copyable,
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
        .lruPerCPUHash, keySize: MemoryLayout<Key>.stride, valueSize: MemoryLayout<Value>.stride,
        maxEntries: maxEntries,
        flags: flags, pinned: pinned))
  }
}
