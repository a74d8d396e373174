internal import Builtin

/// A hash table, `BPF_MAP_TYPE_HASH`.
///
///     let calls = HashMap<UInt32, UInt64>(maxEntries: 1024)
///     …
///     calls[Process.id, default: 0] &+= 1
///
/// *First kernel*: 3.19.
@frozen @_rawLayout(like: MapDefinition)
public struct HashMap<Key: BitwiseCopyable, Value: BitwiseCopyable>: KeyedMapWithRemoval, ~Copyable, @unchecked Sendable
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
        .hash, keySize: MemoryLayout<Key>.stride, valueSize: MemoryLayout<Value>.stride, maxEntries: maxEntries,
        flags: flags, pinned: pinned))
  }
}
