internal import KernelInterface

/// What a value of cgroup storage belongs to: `struct bpf_cgroup_storage_key`.
public struct CgroupStorageKey: BitwiseCopyable, Hashable, Sendable {
  /// The inode number of the cgroup's directory.
  public var cgroup: UInt64
  /// How the program is attached: a number of `enum bpf_attach_type`.
  public var attachType: UInt32

  /// What programs attached so to this cgroup store.
  public init(cgroup: UInt64, attachType: UInt32) {
    self.cgroup = cgroup
    self.attachType = attachType
  }
}

/// The memory that each attachment of a program to a cgroup has.
///
/// Elements come and go with attachments: user space may replace values that are there, neither add nor remove any.
/// Newer programs use `BPF_MAP_TYPE_CGRP_STORAGE`, see ``LocalStorage``. `BPF_MAP_TYPE_CGROUP_STORAGE`.
/// *First kernel*: 4.19.
public struct CgroupStorage<Value: BitwiseCopyable>: KeyedMap {
  /// The map itself.
  public let map: Map
  /// How keys lie in memory.
  public let keyLayout: ByteLayout<CgroupStorageKey>
  /// How values lie in memory.
  public let valueCoding: ByteLayout<Value>

  /// Takes a map that is there already.
  ///
  /// - Throws: ``BPFError/mapMismatch(_:)``.
  public init(_ map: Map) throws(BPFError) {
    try map.require([.cgroupStorage])
    keyLayout = try map.keyLayout(CgroupStorageKey.self)
    valueCoding = try map.valueLayout(Value.self)
    self.map = map
  }
}

/// The memory that each attachment of a program to a cgroup has, with a value for each CPU.
///
/// `BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE`. *First kernel*: 4.20.
public struct PerCPUCgroupStorage<Element: BitwiseCopyable>: KeyedMap {
  /// The map itself.
  public let map: Map
  /// How keys lie in memory.
  public let keyLayout: ByteLayout<CgroupStorageKey>
  /// How the values of all CPUs lie in memory.
  public let valueCoding: PerCPULayout<Element>

  /// Takes a map that is there already.
  ///
  /// - Throws: ``BPFError/mapMismatch(_:)``.
  public init(_ map: Map) throws(BPFError) {
    try map.require([.perCPUCgroupStorage])
    keyLayout = try map.keyLayout(CgroupStorageKey.self)
    valueCoding = try map.perCPULayout(Element.self)
    self.map = map
  }
}
