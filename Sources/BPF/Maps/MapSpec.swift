public import BTF
public import KernelInterface

/// What a map is to be like, before any kernel is involved.
///
///     let counts = MapSpec(name: "counts", type: .perCPUHash, keySize: 8, valueSize: 8, maxEntries: 4096)
///     let map = try Map(counts)
public struct MapSpec: Hashable, Sendable {
  /// Whether and where a map of an object is pinned when it is loaded.
  public enum Pinning: Hashable, Sendable {
    /// Not at all.
    case none
    /// By its name, below a folder of the BPF file system (`LIBBPF_PIN_BY_NAME`); one that is there already is reused.
    case byName
  }

  /// An element that is filled in when the map is created: a map or a program by its name.
  public struct Slot: Hashable, Sendable {
    /// What goes in.
    public enum Content: Hashable, Sendable {
      /// The map of that name, for maps of maps.
      case map(String)
      /// The program of that name, for program arrays.
      case program(String)
    }

    /// The key, an array's index.
    public var index: Int
    /// What goes in.
    public var content: Content

    /// Puts `content` at `index`.
    public init(index: Int, content: Content) {
      self.index = index
      self.content = content
    }
  }

  /// What inspection tools show; the kernel keeps 15 characters.
  public var name: String
  /// The kind of map.
  public var type: MapType
  /// Bytes of a key.
  public var keySize: Int
  /// Bytes of a value; of a per-CPU map, the value of one CPU.
  public var valueSize: Int
  /// Entries at most; of a ring buffer, its bytes; 0 where loading decides, as for perf event arrays (one per CPU).
  public var maxEntries: Int
  /// How it behaves.
  public var flags: MapCreation.Flags
  /// `map_extra`; its meaning depends on the type.
  public var extra: UInt64
  /// The key's type in the object's types.
  public var keyTypeID: TypeID?
  /// The value's type in the object's types.
  public var valueTypeID: TypeID?
  /// The memory node that it is placed on; nil leaves that to the kernel.
  public var numaNode: UInt32?
  /// Whether it is pinned when its object is loaded.
  public var pinning: Pinning = .none
  /// Elements that are filled in when it is created, in the order of their indexes.
  public var slots: [Slot] = []
  /// The section whose variables it holds, such as `.rodata`; nil for other maps.
  public var dataSection: String?
  /// Of a data section's map: the first value.
  ///
  /// Shorter than ``valueSize`` means zeroes after it; nil, zeroes only.
  public var contents: [UInt8]?
  /// Of a data section's map: its variables lie at multiples of this many bytes when objects are linked.
  public var alignment = 8
  /// Whether nobody may write to it from user space once it has its ``contents`` (`BPF_MAP_FREEZE`).
  public var isFrozen = false
  /// Of a data section's map or an arena: the variables by their offsets.
  public var variables: [VariableSpec] = []
  /// Of a `struct_ops` map: what it holds.
  public var structOperations: StructOperationsSpec?
  /// Whether another object's definition takes precedence when objects are linked.
  public var isWeak = false
  /// Whether loading the object creates it (libbpf's `autocreate`).
  public var isCreated = true

  // An array, because a struct cannot hold itself.
  private var innerMaps: [MapSpec] = []

  /// Of a map of maps: what its maps are like.
  public var innerMap: MapSpec? {
    get { innerMaps.first }
    set { innerMaps = newValue.map { [$0] } ?? [] }
  }

  /// A map without inner maps and type information.
  public init(
    name: String, type: MapType, keySize: Int, valueSize: Int, maxEntries: Int, flags: MapCreation.Flags = [],
    extra: UInt64 = 0, keyTypeID: TypeID? = nil, valueTypeID: TypeID? = nil
  ) {
    self.name = name
    self.type = type
    self.keySize = keySize
    self.valueSize = valueSize
    self.maxEntries = maxEntries
    self.flags = flags
    self.extra = extra
    self.keyTypeID = keyTypeID
    self.valueTypeID = valueTypeID
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

extension MapSpec {
  /// Its name as a file of a `bpf` file system, where names have no dots (`bpf_lookup` in `kernel/bpf/inode.c`).
  var pinName: String { String(name.map { $0 == "." ? "_" : $0 }) }
}
