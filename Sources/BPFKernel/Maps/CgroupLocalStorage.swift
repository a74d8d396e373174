internal import Builtin

/// A value for each control group, which goes with it, `BPF_MAP_TYPE_CGRP_STORAGE`.
///
/// *First kernel*: 6.2.
@frozen @_rawLayout(like: MapDefinition)
public struct CgroupLocalStorage<Value: BitwiseCopyable>: KernelMap, ~Copyable, @unchecked Sendable {
  /// The definition, and by its address the map.
  @_alwaysEmitIntoClient public var definition: UnsafeMutablePointer<MapDefinition> {
    @_transparent get { UnsafeMutablePointer(Builtin.addressOfRawLayout(self)) }
  }

  /// A storage; there is no limit but the number of control groups.
  @_alwaysEmitIntoClient @_transparent
  public init(flags: MapFlags = .noPreallocation, pinned: Bool = false) {
    definition.initialize(
      to: MapDefinition(
        .cgroupLocalStorage, keySize: 4, valueSize: MemoryLayout<Value>.stride, maxEntries: 0, flags: flags,
        pinned: pinned))
  }

  /// Where the value of cgroup is kept, or nil when it has none.
  ///
  /// `bpf_cgrp_storage_get`.
  @_alwaysEmitIntoClient @inline(__always)
  public borrowing func pointer(for cgroup: UnsafeMutableRawPointer) -> UnsafeMutablePointer<Value>? {
    bpf_cgrp_storage_get(raw, cgroup, nil, 0)?.assumingMemoryBound(to: Value.self)
  }

  /// Where the value of cgroup is kept, made of `initial` when it has none; nil when there is no memory.
  @_alwaysEmitIntoClient @inline(__always)
  public borrowing func pointer(
    for cgroup: UnsafeMutableRawPointer, default initial: Value
  ) -> UnsafeMutablePointer<Value>? {
    withPadded(initial) { bpf_cgrp_storage_get(raw, cgroup, $0, 1) }?.assumingMemoryBound(to: Value.self)
  }

  /// Removes the value of cgroup; false when it has none.
  @_alwaysEmitIntoClient @inline(__always) @discardableResult
  public borrowing func removeValue(for cgroup: UnsafeMutableRawPointer) -> Bool {
    bpf_cgrp_storage_delete(raw, cgroup) == 0
  }
}
