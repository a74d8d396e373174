/// What kind of map it is: `enum bpf_map_type`.
///
/// Numbers: `include/uapi/linux/bpf.h`; a test compares them with the running kernel's.
public struct MapType: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  /// The kernel's number.
  public var rawValue: UInt32

  /// Any number, also one that this table does not have yet.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The name as bpftool writes it; "type 99" where the table has none.
  public var description: String {
    Int(exactly: rawValue).flatMap { Self.names.indices.contains($0) ? Self.names[$0] : nil } ?? "type \(rawValue)"
  }
}

extension MapType {
  /// `BPF_MAP_TYPE_UNSPEC`.
  public static let unspecified = Self(rawValue: 0)
  /// `BPF_MAP_TYPE_HASH`.
  public static let hash = Self(rawValue: 1)
  /// `BPF_MAP_TYPE_ARRAY`.
  public static let array = Self(rawValue: 2)
  /// `BPF_MAP_TYPE_PROG_ARRAY`.
  public static let programArray = Self(rawValue: 3)
  /// `BPF_MAP_TYPE_PERF_EVENT_ARRAY`.
  public static let perfEventArray = Self(rawValue: 4)
  /// `BPF_MAP_TYPE_PERCPU_HASH`.
  public static let perCPUHash = Self(rawValue: 5)
  /// `BPF_MAP_TYPE_PERCPU_ARRAY`.
  public static let perCPUArray = Self(rawValue: 6)
  /// `BPF_MAP_TYPE_STACK_TRACE`.
  public static let stackTrace = Self(rawValue: 7)
  /// `BPF_MAP_TYPE_CGROUP_ARRAY`.
  public static let cgroupArray = Self(rawValue: 8)
  /// `BPF_MAP_TYPE_LRU_HASH`.
  public static let lruHash = Self(rawValue: 9)
  /// `BPF_MAP_TYPE_LRU_PERCPU_HASH`.
  public static let lruPerCPUHash = Self(rawValue: 10)
  /// `BPF_MAP_TYPE_LPM_TRIE`.
  public static let longestPrefixTrie = Self(rawValue: 11)
  /// `BPF_MAP_TYPE_ARRAY_OF_MAPS`.
  public static let arrayOfMaps = Self(rawValue: 12)
  /// `BPF_MAP_TYPE_HASH_OF_MAPS`.
  public static let hashOfMaps = Self(rawValue: 13)
  /// `BPF_MAP_TYPE_DEVMAP`.
  public static let deviceMap = Self(rawValue: 14)
  /// `BPF_MAP_TYPE_SOCKMAP`.
  public static let socketMap = Self(rawValue: 15)
  /// `BPF_MAP_TYPE_CPUMAP`.
  public static let cpuMap = Self(rawValue: 16)
  /// `BPF_MAP_TYPE_XSKMAP`.
  public static let xskMap = Self(rawValue: 17)
  /// `BPF_MAP_TYPE_SOCKHASH`.
  public static let socketHash = Self(rawValue: 18)
  /// `BPF_MAP_TYPE_CGROUP_STORAGE`.
  public static let cgroupStorage = Self(rawValue: 19)
  /// `BPF_MAP_TYPE_REUSEPORT_SOCKARRAY`.
  public static let reusePortSocketArray = Self(rawValue: 20)
  /// `BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE`.
  public static let perCPUCgroupStorage = Self(rawValue: 21)
  /// `BPF_MAP_TYPE_QUEUE`.
  public static let queue = Self(rawValue: 22)
  /// `BPF_MAP_TYPE_STACK`.
  public static let stack = Self(rawValue: 23)
  /// `BPF_MAP_TYPE_SK_STORAGE`.
  public static let socketStorage = Self(rawValue: 24)
  /// `BPF_MAP_TYPE_DEVMAP_HASH`.
  public static let deviceMapHash = Self(rawValue: 25)
  /// `BPF_MAP_TYPE_STRUCT_OPS`.
  public static let structOps = Self(rawValue: 26)
  /// `BPF_MAP_TYPE_RINGBUF`.
  public static let ringBuffer = Self(rawValue: 27)
  /// `BPF_MAP_TYPE_INODE_STORAGE`.
  public static let inodeStorage = Self(rawValue: 28)
  /// `BPF_MAP_TYPE_TASK_STORAGE`.
  public static let taskStorage = Self(rawValue: 29)
  /// `BPF_MAP_TYPE_BLOOM_FILTER`.
  public static let bloomFilter = Self(rawValue: 30)
  /// `BPF_MAP_TYPE_USER_RINGBUF`.
  public static let userRingBuffer = Self(rawValue: 31)
  /// `BPF_MAP_TYPE_CGRP_STORAGE`.
  public static let cgroupLocalStorage = Self(rawValue: 32)
  /// `BPF_MAP_TYPE_ARENA`.
  public static let arena = Self(rawValue: 33)
  /// `BPF_MAP_TYPE_INSN_ARRAY`: where a program's instructions are after it was loaded.
  ///
  /// Linux 6.19.
  public static let instructionArray = Self(rawValue: 34)
  /// `BPF_MAP_TYPE_RHASH`: a hash that grows.
  ///
  /// Linux 7.2.
  public static let resizableHash = Self(rawValue: 35)

  /// The type of a name, as ``description`` tells it.
  public init?(named name: String) {
    guard let index = Self.names.firstIndex(of: name) else { return nil }
    self.init(rawValue: UInt32(index))
  }

  /// Whether this package knows the kernel's word for it.
  public var isNamed: Bool { rawValue < UInt32(Self.names.count) }

  static let names: [String] = [
    "unspec", "hash", "array", "prog_array", "perf_event_array", "percpu_hash", "percpu_array", "stack_trace",
    "cgroup_array", "lru_hash", "lru_percpu_hash", "lpm_trie", "array_of_maps", "hash_of_maps", "devmap", "sockmap",
    "cpumap", "xskmap", "sockhash", "cgroup_storage", "reuseport_sockarray", "percpu_cgroup_storage", "queue",
    "stack", "sk_storage", "devmap_hash", "struct_ops", "ringbuf", "inode_storage", "task_storage", "bloom_filter",
    "user_ringbuf", "cgrp_storage", "arena", "insn_array", "rhash",
  ]
}
