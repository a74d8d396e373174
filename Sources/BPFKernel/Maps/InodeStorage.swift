internal import Builtin

/// A value for each inode, which goes with it, `BPF_MAP_TYPE_INODE_STORAGE`.
///
/// *First kernel*: 5.10.
@frozen @_rawLayout(like: MapDefinition)
public struct InodeStorage<Value: BitwiseCopyable>: KernelMap, ~Copyable, @unchecked Sendable {
  /// The definition, and by its address the map.
  @_alwaysEmitIntoClient public var definition: UnsafeMutablePointer<MapDefinition> {
    @_transparent get { UnsafeMutablePointer(Builtin.addressOfRawLayout(self)) }
  }

  /// A storage; there is no limit but the number of inodes.
  @_alwaysEmitIntoClient @_transparent
  public init(flags: MapFlags = .noPreallocation, pinned: Bool = false) {
    definition.initialize(
      to: MapDefinition(
        .inodeStorage, keySize: 4, valueSize: MemoryLayout<Value>.stride, maxEntries: 0, flags: flags, pinned: pinned))
  }

  /// Where the value of inode is kept, or nil when it has none.
  ///
  /// `bpf_inode_storage_get`.
  @_alwaysEmitIntoClient @inline(__always)
  public borrowing func pointer(for inode: UnsafeMutableRawPointer) -> UnsafeMutablePointer<Value>? {
    bpf_inode_storage_get(raw, inode, nil, 0)?.assumingMemoryBound(to: Value.self)
  }

  /// Where the value of inode is kept, made of `initial` when it has none; nil when there is no memory.
  @_alwaysEmitIntoClient @inline(__always)
  public borrowing func pointer(
    for inode: UnsafeMutableRawPointer, default initial: Value
  ) -> UnsafeMutablePointer<Value>? {
    withPadded(initial) { bpf_inode_storage_get(raw, inode, $0, 1) }?.assumingMemoryBound(to: Value.self)
  }

  /// Removes the value of inode; false when it has none.
  @_alwaysEmitIntoClient @inline(__always) @discardableResult
  public borrowing func removeValue(for inode: UnsafeMutableRawPointer) -> Bool {
    bpf_inode_storage_delete(raw, inode) == 0
  }
}
