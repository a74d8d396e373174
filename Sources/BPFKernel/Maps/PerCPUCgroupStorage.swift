internal import Builtin

/// A value for each control group to which a program is attached, `BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE`.
///
/// ``CgroupLocalStorage`` is for programs of every kind, from 6.2 on.
///
/// *First kernel*: 4.20.
@frozen @_rawLayout(like: MapDefinition)
public struct PerCPUCgroupStorage<Value: BitwiseCopyable>: KernelMap, ~Copyable, @unchecked Sendable {
  /// The definition, and by its address the map.
  @_alwaysEmitIntoClient public var definition: UnsafeMutablePointer<MapDefinition> {
    @_transparent get { UnsafeMutablePointer(Builtin.addressOfRawLayout(self)) }
  }

  /// A storage; each control group gets its value when a program is attached.
  @_alwaysEmitIntoClient @_transparent
  public init(pinned: Bool = false) {
    definition.initialize(
      to: MapDefinition(
        .perCPUCgroupStorage, keySize: 16, valueSize: MemoryLayout<Value>.stride, maxEntries: 0, pinned: pinned))
  }

  /// Where the value of the control group is kept to which the program is attached.
  ///
  /// `bpf_get_local_storage`.
  @_alwaysEmitIntoClient @inline(__always)
  public borrowing func pointer() -> UnsafeMutablePointer<Value> {
    bpf_get_local_storage(raw, 0).unsafelyUnwrapped.assumingMemoryBound(to: Value.self)
  }
}
