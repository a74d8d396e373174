internal import Builtin

/// Control groups by index, `BPF_MAP_TYPE_CGROUP_ARRAY`; user space fills the slots.
///
/// *First kernel*: 4.8.
@frozen @_rawLayout(like: MapDefinition)
public struct CgroupArray: KernelMap, ~Copyable, @unchecked Sendable {
  /// The definition, and by its address the map.
  @_alwaysEmitIntoClient public var definition: UnsafeMutablePointer<MapDefinition> {
    @_transparent get { UnsafeMutablePointer(Builtin.addressOfRawLayout(self)) }
  }

  /// A map of `count` empty slots.
  @_alwaysEmitIntoClient @_transparent
  public init(count: UInt32, pinned: Bool = false) {
    definition.initialize(
      to: MapDefinition(
        .cgroupArray, keySize: 4, valueSize: 4, maxEntries: count, pinned: pinned))
  }

  /// Whether the present task is in the control group at `index`, or below it.
  ///
  /// `bpf_current_task_under_cgroup`.
  @_alwaysEmitIntoClient @inline(__always)
  public borrowing func containsCurrentTask(at index: UInt32) -> Bool { bpf_current_task_under_cgroup(raw, index) == 1 }
}
