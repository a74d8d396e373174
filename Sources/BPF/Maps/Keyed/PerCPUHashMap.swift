public import KernelInterface

/// A hash map with a value for each CPU, which programs write without getting into each other's way.
///
///     let bytes = try PerCPUHashMap<UInt32, UInt64>(name: "bytes", maxEntries: 1024)
///     try bytes.value(for: 7)?.sum()
///
/// `BPF_MAP_TYPE_PERCPU_HASH`, `BPF_MAP_TYPE_LRU_PERCPU_HASH`. *First kernel*: 4.6; LRU 4.10.
public struct PerCPUHashMap<Key: BitwiseCopyable, Element: BitwiseCopyable>: KeyedMapWithRemoval {
  /// The map itself.
  public let map: Map
  /// How keys lie in memory.
  public let keyLayout: ByteLayout<Key>
  /// How the values of all CPUs lie in memory.
  public let valueCoding: PerCPULayout<Element>

  /// Takes a map that is there already.
  ///
  /// - Throws: ``BPFError/mapMismatch(_:)``.
  public init(_ map: Map) throws(BPFError) {
    try map.require([.perCPUHash, .lruPerCPUHash])
    keyLayout = try map.keyLayout(Key.self)
    valueCoding = try map.perCPULayout(Element.self)
    self.map = map
  }

  /// Creates an empty map; `forgetsOldest` makes it drop the least recently used key when it is full.
  ///
  /// - Throws: as ``Map/init(_:kernel:)``.
  public init(
    name: String, maxEntries: Int, forgetsOldest: Bool = false, flags: MapCreation.Flags = [],
    kernel: any KernelCalls = LiveKernel()
  ) throws(BPFError) {
    try self.init(
      Map(
        MapSpec(
          name: name, type: forgetsOldest ? .lruPerCPUHash : .perCPUHash, keySize: MemoryLayout<Key>.stride,
          valueSize: MemoryLayout<Element>.stride, maxEntries: maxEntries, flags: flags),
        kernel: kernel))
  }
}
