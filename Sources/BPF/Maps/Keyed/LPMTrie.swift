public import KernelInterface

/// The key of a prefix trie: the length of the prefix in bits, and then its bytes, most significant first.
///
/// It is `struct bpf_lpm_trie_key_u8` of `include/uapi/linux/bpf.h`: a `UInt32` as the first field, and the rest without
/// a gap behind it.
public protocol PrefixKey: BitwiseCopyable {
  /// How many bits of what follows count.
  var prefixLength: UInt32 { get }
}

/// A map from prefixes to values, which finds the longest prefix that fits.
///
///     let routes = try LPMTrie<IPv4Prefix, UInt32>(name: "routes", maxEntries: 1000)
///     try routes.set(1, for: IPv4Prefix(0x0a00_0000, prefixLength: 8))
///     try routes.set(2, for: IPv4Prefix(0x0a01_0000, prefixLength: 16))
///     try routes.value(for: IPv4Prefix(0x0a01_0203))    // 2
///
/// `BPF_MAP_TYPE_LPM_TRIE`. *First kernel*: 4.11; walking 4.16, many elements with one call 5.13.
public struct LPMTrie<Key: PrefixKey, Value: BitwiseCopyable>: KeyedMapWithRemoval {
  /// The map itself.
  public let map: Map
  /// How keys lie in memory.
  public let keyLayout: ByteLayout<Key>
  /// How values lie in memory.
  public let valueCoding: ByteLayout<Value>

  /// Takes a map that is there already.
  ///
  /// - Throws: ``BPFError/mapMismatch(_:)``.
  public init(_ map: Map) throws(BPFError) {
    try map.require([.longestPrefixTrie])
    keyLayout = try map.keyLayout(Key.self)
    if let gap = keyLayout.padding.first, gap.upperBound < map.spec.keySize {
      throw .mapMismatch(MapMismatch(map: map.spec.name, .prefixKey(type: "\(Key.self)")))
    }
    valueCoding = try map.valueLayout(Value.self)
    self.map = map
  }

  /// Creates an empty trie.
  ///
  /// - Throws: as ``Map/init(_:kernel:)``.
  public init(
    name: String, maxEntries: Int, flags: MapCreation.Flags = [], kernel: any KernelCalls = LiveKernel()
  ) throws(BPFError) {
    try self.init(
      Map(
        MapSpec(
          name: name, type: .longestPrefixTrie, keySize: MemoryLayout<Key>.stride,
          valueSize: MemoryLayout<Value>.stride, maxEntries: maxEntries, flags: flags.union(.noPreallocation)),
        kernel: kernel))
  }
}
