public import KernelInterface
public import LinuxSystem

/// Memory that programs attach to sockets, inodes, tasks or cgroups, and that goes with them.
///
/// User space reaches it by a descriptor of the owner: a socket, any open file of the inode, a process
/// (`ProcessDescriptor`), or a cgroup's directory. It cannot be walked.
///
///     let storage = try LocalStorage<UInt64>(object.map(named: "per_task"))
///     try storage.value(of: ProcessDescriptor(1234).descriptor)
///
/// `BPF_MAP_TYPE_SK_STORAGE` (*first kernel* 5.2), `BPF_MAP_TYPE_INODE_STORAGE` (5.10), `BPF_MAP_TYPE_TASK_STORAGE`
/// (5.11), `BPF_MAP_TYPE_CGRP_STORAGE` (6.2). Such maps need type information, so they come from objects.
public struct LocalStorage<Value: BitwiseCopyable>: TypedMap {
  /// The map itself.
  public let map: Map
  private let elements: Elements

  private struct Elements: KeyedMapWithRemoval {
    let map: Map
    let keyLayout: ByteLayout<CInt>
    let valueCoding: ByteLayout<Value>

    init(_ map: Map) throws(BPFError) {
      self.map = map
      keyLayout = try map.keyLayout(CInt.self)
      valueCoding = try map.valueLayout(Value.self)
    }
  }

  /// Takes a map that is there already.
  ///
  /// - Throws: ``BPFError/mapMismatch(_:)``.
  public init(_ map: Map) throws(BPFError) {
    try map.require([.socketStorage, .inodeStorage, .taskStorage, .cgroupLocalStorage])
    elements = try Elements(map)
    self.map = map
  }

  /// What is stored with the owner, nil when nothing is.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``: `EBADF` or `ENOTSOCK` for a descriptor of another kind of owner.
  public func value(
    of owner: borrowing OwnedDescriptor, _ flags: ElementFlags = []
  ) throws(BPFError) -> Value? {
    try owner.withNumber { number throws(BPFError) in try elements.value(for: number, flags) }
  }

  /// Stores a value with the owner.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``: `EEXIST` or `ENOENT` when `update` does not allow it, `EBADF` or `ENOTSOCK`
  ///   for a descriptor of another kind of owner.
  public func set(
    _ value: Value, of owner: borrowing OwnedDescriptor, _ update: ElementUpdate = .any, _ flags: ElementFlags = []
  ) throws(BPFError) {
    try owner.withNumber { number throws(BPFError) in try elements.set(value, for: number, update, flags) }
  }

  /// Removes what is stored with the owner; false when nothing is.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``.
  @discardableResult
  public func removeValue(of owner: borrowing OwnedDescriptor) throws(BPFError) -> Bool {
    try owner.withNumber { number throws(BPFError) in try elements.removeValue(for: number) }
  }
}
