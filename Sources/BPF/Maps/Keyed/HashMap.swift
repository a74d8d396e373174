public import KernelInterface

/// A hash map: plain, or one that forgets the least recently used keys when it is full.
///
///     let seen = try HashMap<UInt32, UInt64>(name: "seen", maxEntries: 10_000, kind: .leastRecentlyUsed)
///     let counts = try HashMap<UInt32, UInt64>(pinnedAt: "/sys/fs/bpf/counts")
///
/// `BPF_MAP_TYPE_HASH`, `BPF_MAP_TYPE_LRU_HASH`, `BPF_MAP_TYPE_RHASH`. *First kernel*: 3.19; LRU 4.10; resizable 7.2.
public struct HashMap<Key: BitwiseCopyable, Value: BitwiseCopyable>: KeyedMapWithRemoval {
  /// What it does when it is full.
  public enum Kind: Sendable {
    /// It refuses further keys.
    case plain
    /// It drops the key that was used least recently; look-ups of user space do not count as use.
    case leastRecentlyUsed
    /// It refuses further keys, and takes memory as it grows.
    case resizable

    var type: MapType {
      switch self {
      case .plain: .hash
      case .leastRecentlyUsed: .lruHash
      case .resizable: .resizableHash
      }
    }
  }

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
    try map.require([.hash, .lruHash, .resizableHash])
    keyLayout = try map.keyLayout(Key.self)
    valueCoding = try map.valueLayout(Value.self)
    self.map = map
  }

  /// Creates an empty map.
  ///
  /// - Throws: as ``Map/init(_:kernel:)``.
  public init(
    name: String, maxEntries: Int, kind: Kind = .plain, flags: MapCreation.Flags = [],
    kernel: any KernelCalls = LiveKernel()
  ) throws(BPFError) {
    try self.init(
      Map(
        MapSpec(
          name: name, type: kind.type, keySize: MemoryLayout<Key>.stride, valueSize: MemoryLayout<Value>.stride,
          maxEntries: maxEntries, flags: kind == .resizable ? flags.union(.noPreallocation) : flags),
        kernel: kernel))
  }
}
