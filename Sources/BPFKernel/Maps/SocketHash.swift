internal import Builtin

/// Sockets by key, `BPF_MAP_TYPE_SOCKHASH`.
///
/// *First kernel*: 4.18.
@frozen @_rawLayout(like: MapDefinition)
public struct SocketHash<Key: BitwiseCopyable>: KernelMap, ~Copyable, @unchecked Sendable {
  /// The definition, and by its address the map.
  @_alwaysEmitIntoClient public var definition: UnsafeMutablePointer<MapDefinition> {
    @_transparent get { UnsafeMutablePointer(Builtin.addressOfRawLayout(self)) }
  }

  /// A map of at most `maxEntries` sockets.
  @_alwaysEmitIntoClient @_transparent
  public init(maxEntries: UInt32, pinned: Bool = false) {
    definition.initialize(
      to: MapDefinition(
        .socketHash, keySize: MemoryLayout<Key>.stride, valueSize: 8, maxEntries: maxEntries, pinned: pinned))
  }

  /// Sends the data of a message to the socket for `key`: return the answer.
  ///
  /// `bpf_msg_redirect_hash`.
  @_alwaysEmitIntoClient @inline(__always)
  public borrowing func redirect(_ message: MessageContext, to key: Key, ingress: Bool = false) -> SocketVerdict {
    let verdict = withPadded(key) { bpf_msg_redirect_hash(message.rawContext, raw, $0, ingress ? 1 : 0) }
    return SocketVerdict(rawValue: Int32(truncatingIfNeeded: verdict))
  }

  /// Adds the socket of a socket operation for `key`; false when it cannot be kept.
  ///
  /// `bpf_sock_hash_update`.
  @_alwaysEmitIntoClient @inline(__always) @discardableResult
  public borrowing func set(_ operation: SocketOperationContext, for key: Key) -> Bool {
    withPadded(key) { bpf_sock_hash_update(operation.rawContext, raw, $0, 0) } == 0
  }
}
