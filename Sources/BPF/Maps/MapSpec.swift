public import KernelInterface

/// What a map is to be like, before any kernel is involved.
///
///     let counts = MapSpec(name: "counts", type: .perCPUHash, keySize: 8, valueSize: 8, maxEntries: 4096)
///     let map = try Map(counts)
public struct MapSpec: Hashable, Sendable {
  /// What inspection tools show; the kernel keeps 15 characters.
  public var name: String
  /// The kind of map.
  public var type: MapType
  /// Bytes of a key.
  public var keySize: Int
  /// Bytes of a value; of a per-CPU map, the value of one CPU.
  public var valueSize: Int
  /// Entries at most; of a ring buffer, its bytes.
  public var maxEntries: Int
  /// How it behaves.
  public var flags: MapCreation.Flags
  /// `map_extra`; its meaning depends on the type.
  public var extra: UInt64

  /// A map without inner maps and type information.
  public init(
    name: String, type: MapType, keySize: Int, valueSize: Int, maxEntries: Int, flags: MapCreation.Flags = [],
    extra: UInt64 = 0
  ) {
    self.name = name
    self.type = type
    self.keySize = keySize
    self.valueSize = valueSize
    self.maxEntries = maxEntries
    self.flags = flags
    self.extra = extra
  }

  /// A ring buffer of at least `byteCount` bytes: the next power of two, and no less than a page.
  ///
  /// *First kernel*: 5.8.
  public static func ringBuffer(name: String, byteCount: Int, pageSize: Int) -> MapSpec {
    var size = max(4096, pageSize)
    while size < byteCount, size <= 1 << 29 { size *= 2 }
    return MapSpec(name: name, type: .ringBuffer, keySize: 0, valueSize: 0, maxEntries: size)
  }
}

extension MapType {
  /// Whether a map of this type has one value for each possible CPU.
  public var isPerCPU: Bool {
    switch self {
    case .perCPUHash, .perCPUArray, .lruPerCPUHash, .perCPUCgroupStorage: true
    default: false
    }
  }
}
