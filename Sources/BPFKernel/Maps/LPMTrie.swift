internal import Builtin

/// A map from prefixes to values that finds the longest prefix of a key, `BPF_MAP_TYPE_LPM_TRIE`.
///
/// To look an address up, give it with its full length:
///
///     let routes = LPMTrie<IPv4Prefix, UInt32>(maxEntries: 256)
///     …
///     let route = routes.value(for: IPv4Prefix(networkOrder: ip.pointee.destination))
///
/// *First kernel*: 4.11.
@frozen @_rawLayout(like: MapDefinition)
public struct LPMTrie<Key: PrefixKey, Value: BitwiseCopyable>: KeyedMapWithRemoval, ~Copyable, @unchecked Sendable {
  /// The definition, and by its address the map.
  @_alwaysEmitIntoClient public var definition: UnsafeMutablePointer<MapDefinition> {
    @_transparent get { UnsafeMutablePointer(Builtin.addressOfRawLayout(self)) }
  }

  /// A trie of at most `maxEntries` prefixes; the kernel demands that they are not allocated beforehand.
  @_alwaysEmitIntoClient @_transparent
  public init(maxEntries: UInt32, pinned: Bool = false) {
    definition.initialize(
      to: MapDefinition(
        .longestPrefixTrie, keySize: MemoryLayout<Key>.stride, valueSize: MemoryLayout<Value>.stride,
        maxEntries: maxEntries,
        flags: .noPreallocation, pinned: pinned))
  }
}
