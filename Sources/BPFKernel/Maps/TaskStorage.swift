internal import Builtin

/// A value for each task, which goes with it, `BPF_MAP_TYPE_TASK_STORAGE`.
///
/// *First kernel*: 5.11.
@frozen @_rawLayout(like: MapDefinition)
public struct TaskStorage<Value: BitwiseCopyable>: KernelMap, ~Copyable, @unchecked Sendable {
  /// The definition, and by its address the map.
  @_alwaysEmitIntoClient public var definition: UnsafeMutablePointer<MapDefinition> {
    @_transparent get { UnsafeMutablePointer(Builtin.addressOfRawLayout(self)) }
  }

  /// A storage; there is no limit but the number of tasks.
  @_alwaysEmitIntoClient @_transparent
  public init(flags: MapFlags = .noPreallocation, pinned: Bool = false) {
    definition.initialize(
      to: MapDefinition(
        .taskStorage, keySize: 4, valueSize: MemoryLayout<Value>.stride, maxEntries: 0, flags: flags, pinned: pinned))
  }

  /// Where the value of task is kept, or nil when it has none.
  ///
  /// `bpf_task_storage_get`.
  @_alwaysEmitIntoClient @inline(__always)
  public borrowing func pointer(for task: UnsafeMutableRawPointer) -> UnsafeMutablePointer<Value>? {
    bpf_task_storage_get(raw, task, nil, 0)?.assumingMemoryBound(to: Value.self)
  }

  /// Where the value of task is kept, made of `initial` when it has none; nil when there is no memory.
  @_alwaysEmitIntoClient @inline(__always)
  public borrowing func pointer(
    for task: UnsafeMutableRawPointer, default initial: Value
  ) -> UnsafeMutablePointer<Value>? {
    withPadded(initial) { bpf_task_storage_get(raw, task, $0, 1) }?.assumingMemoryBound(to: Value.self)
  }

  /// Removes the value of task; false when it has none.
  @_alwaysEmitIntoClient @inline(__always) @discardableResult
  public borrowing func removeValue(for task: UnsafeMutableRawPointer) -> Bool {
    bpf_task_storage_delete(raw, task) == 0
  }
}
