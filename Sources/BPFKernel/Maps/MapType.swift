/// A kind of map, by its number in `enum bpf_map_type` of the kernel's `include/uapi/linux/bpf.h`.
@frozen
public struct MapType: RawRepresentable, Hashable, Sendable {
  /// The number.
  public var rawValue: UInt32
  /// What that number stands for.
  @_alwaysEmitIntoClient @_transparent public init(rawValue: UInt32) { self.rawValue = rawValue }
}

extension MapType {
  /// `BPF_MAP_TYPE_HASH`.
  @_alwaysEmitIntoClient public static var hash: Self { @_transparent get { Self(rawValue: 1) } }
  /// `BPF_MAP_TYPE_ARRAY`.
  @_alwaysEmitIntoClient public static var array: Self { @_transparent get { Self(rawValue: 2) } }
  /// `BPF_MAP_TYPE_PROG_ARRAY`.
  @_alwaysEmitIntoClient public static var programArray: Self { @_transparent get { Self(rawValue: 3) } }
  /// `BPF_MAP_TYPE_PERF_EVENT_ARRAY`.
  @_alwaysEmitIntoClient public static var perfEventArray: Self { @_transparent get { Self(rawValue: 4) } }
  /// `BPF_MAP_TYPE_PERCPU_HASH`.
  @_alwaysEmitIntoClient public static var perCPUHash: Self { @_transparent get { Self(rawValue: 5) } }
  /// `BPF_MAP_TYPE_PERCPU_ARRAY`.
  @_alwaysEmitIntoClient public static var perCPUArray: Self { @_transparent get { Self(rawValue: 6) } }
  /// `BPF_MAP_TYPE_STACK_TRACE`.
  @_alwaysEmitIntoClient public static var stackTrace: Self { @_transparent get { Self(rawValue: 7) } }
  /// `BPF_MAP_TYPE_CGROUP_ARRAY`.
  @_alwaysEmitIntoClient public static var cgroupArray: Self { @_transparent get { Self(rawValue: 8) } }
  /// `BPF_MAP_TYPE_LRU_HASH`.
  @_alwaysEmitIntoClient public static var lruHash: Self { @_transparent get { Self(rawValue: 9) } }
  /// `BPF_MAP_TYPE_LRU_PERCPU_HASH`.
  @_alwaysEmitIntoClient public static var lruPerCPUHash: Self { @_transparent get { Self(rawValue: 10) } }
  /// `BPF_MAP_TYPE_LPM_TRIE`.
  @_alwaysEmitIntoClient public static var longestPrefixTrie: Self { @_transparent get { Self(rawValue: 11) } }
  /// `BPF_MAP_TYPE_ARRAY_OF_MAPS`.
  @_alwaysEmitIntoClient public static var arrayOfMaps: Self { @_transparent get { Self(rawValue: 12) } }
  /// `BPF_MAP_TYPE_HASH_OF_MAPS`.
  @_alwaysEmitIntoClient public static var hashOfMaps: Self { @_transparent get { Self(rawValue: 13) } }
  /// `BPF_MAP_TYPE_DEVMAP`.
  @_alwaysEmitIntoClient public static var deviceMap: Self { @_transparent get { Self(rawValue: 14) } }
  /// `BPF_MAP_TYPE_SOCKMAP`.
  @_alwaysEmitIntoClient public static var socketMap: Self { @_transparent get { Self(rawValue: 15) } }
  /// `BPF_MAP_TYPE_CPUMAP`.
  @_alwaysEmitIntoClient public static var cpuMap: Self { @_transparent get { Self(rawValue: 16) } }
  /// `BPF_MAP_TYPE_XSKMAP`.
  @_alwaysEmitIntoClient public static var xskMap: Self { @_transparent get { Self(rawValue: 17) } }
  /// `BPF_MAP_TYPE_SOCKHASH`.
  @_alwaysEmitIntoClient public static var socketHash: Self { @_transparent get { Self(rawValue: 18) } }
  /// `BPF_MAP_TYPE_CGROUP_STORAGE`.
  @_alwaysEmitIntoClient public static var cgroupStorage: Self { @_transparent get { Self(rawValue: 19) } }
  /// `BPF_MAP_TYPE_REUSEPORT_SOCKARRAY`.
  @_alwaysEmitIntoClient public static var reusePortSocketArray: Self { @_transparent get { Self(rawValue: 20) } }
  /// `BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE`.
  @_alwaysEmitIntoClient public static var perCPUCgroupStorage: Self { @_transparent get { Self(rawValue: 21) } }
  /// `BPF_MAP_TYPE_QUEUE`.
  @_alwaysEmitIntoClient public static var queue: Self { @_transparent get { Self(rawValue: 22) } }
  /// `BPF_MAP_TYPE_STACK`.
  @_alwaysEmitIntoClient public static var stack: Self { @_transparent get { Self(rawValue: 23) } }
  /// `BPF_MAP_TYPE_SK_STORAGE`.
  @_alwaysEmitIntoClient public static var socketStorage: Self { @_transparent get { Self(rawValue: 24) } }
  /// `BPF_MAP_TYPE_DEVMAP_HASH`.
  @_alwaysEmitIntoClient public static var deviceMapHash: Self { @_transparent get { Self(rawValue: 25) } }
  /// `BPF_MAP_TYPE_STRUCT_OPS`.
  @_alwaysEmitIntoClient public static var structOps: Self { @_transparent get { Self(rawValue: 26) } }
  /// `BPF_MAP_TYPE_RINGBUF`.
  @_alwaysEmitIntoClient public static var ringBuffer: Self { @_transparent get { Self(rawValue: 27) } }
  /// `BPF_MAP_TYPE_INODE_STORAGE`.
  @_alwaysEmitIntoClient public static var inodeStorage: Self { @_transparent get { Self(rawValue: 28) } }
  /// `BPF_MAP_TYPE_TASK_STORAGE`.
  @_alwaysEmitIntoClient public static var taskStorage: Self { @_transparent get { Self(rawValue: 29) } }
  /// `BPF_MAP_TYPE_BLOOM_FILTER`.
  @_alwaysEmitIntoClient public static var bloomFilter: Self { @_transparent get { Self(rawValue: 30) } }
  /// `BPF_MAP_TYPE_USER_RINGBUF`.
  @_alwaysEmitIntoClient public static var userRingBuffer: Self { @_transparent get { Self(rawValue: 31) } }
  /// `BPF_MAP_TYPE_CGRP_STORAGE`.
  @_alwaysEmitIntoClient public static var cgroupLocalStorage: Self { @_transparent get { Self(rawValue: 32) } }
  /// `BPF_MAP_TYPE_ARENA`.
  @_alwaysEmitIntoClient public static var arena: Self { @_transparent get { Self(rawValue: 33) } }
  /// `BPF_MAP_TYPE_INSN_ARRAY`.
  @_alwaysEmitIntoClient public static var instructionArray: Self { @_transparent get { Self(rawValue: 34) } }
}
