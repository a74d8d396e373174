internal import Builtin

/// A value for each socket, which goes with it, `BPF_MAP_TYPE_SK_STORAGE`.
///
/// *First kernel*: 5.2.
@frozen @_rawLayout(like: MapDefinition)
public struct SocketStorage<Value: BitwiseCopyable>: KernelMap, ~Copyable, @unchecked Sendable {
  /// The definition, and by its address the map.
  @_alwaysEmitIntoClient public var definition: UnsafeMutablePointer<MapDefinition> {
    @_transparent get { UnsafeMutablePointer(Builtin.addressOfRawLayout(self)) }
  }

  /// A storage; there is no limit but the number of sockets.
  @_alwaysEmitIntoClient @_transparent
  public init(flags: MapFlags = .noPreallocation, pinned: Bool = false) {
    definition.initialize(
      to: MapDefinition(
        .socketStorage, keySize: 4, valueSize: MemoryLayout<Value>.stride, maxEntries: 0, flags: flags, pinned: pinned))
  }

  /// Where the value of socket is kept, or nil when it has none.
  ///
  /// `bpf_sk_storage_get`.
  @_alwaysEmitIntoClient @inline(__always)
  public borrowing func pointer(for socket: UnsafeMutableRawPointer) -> UnsafeMutablePointer<Value>? {
    bpf_sk_storage_get(raw, socket, nil, 0)?.assumingMemoryBound(to: Value.self)
  }

  /// Where the value of socket is kept, made of `initial` when it has none; nil when there is no memory.
  @_alwaysEmitIntoClient @inline(__always)
  public borrowing func pointer(
    for socket: UnsafeMutableRawPointer, default initial: Value
  ) -> UnsafeMutablePointer<Value>? {
    withPadded(initial) { bpf_sk_storage_get(raw, socket, $0, 1) }?.assumingMemoryBound(to: Value.self)
  }

  /// Removes the value of socket; false when it has none.
  @_alwaysEmitIntoClient @inline(__always) @discardableResult
  public borrowing func removeValue(for socket: UnsafeMutableRawPointer) -> Bool {
    bpf_sk_storage_delete(raw, socket) == 0
  }
}
