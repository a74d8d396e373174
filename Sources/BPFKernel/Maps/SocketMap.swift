internal import Builtin

/// Sockets by index, `BPF_MAP_TYPE_SOCKMAP`.
///
/// *First kernel*: 4.14.
@frozen @_rawLayout(like: MapDefinition)
public struct SocketMap: KernelMap, ~Copyable, @unchecked Sendable {
  /// The definition, and by its address the map.
  @_alwaysEmitIntoClient public var definition: UnsafeMutablePointer<MapDefinition> {
    @_transparent get { UnsafeMutablePointer(Builtin.addressOfRawLayout(self)) }
  }

  /// A map of `count` empty slots.
  @_alwaysEmitIntoClient @_transparent
  public init(count: UInt32, pinned: Bool = false) {
    definition.initialize(
      to: MapDefinition(
        .socketMap, keySize: 4, valueSize: 8, maxEntries: count, pinned: pinned))
  }

  /// Sends the data of a message to the socket at `index`: return the answer.
  ///
  /// `bpf_msg_redirect_map`.
  @_alwaysEmitIntoClient @inline(__always)
  public borrowing func redirect(_ message: MessageContext, to index: UInt32, ingress: Bool = false) -> SocketVerdict {
    let verdict = bpf_msg_redirect_map(message.rawContext, raw, index, ingress ? 1 : 0)
    return SocketVerdict(rawValue: Int32(truncatingIfNeeded: verdict))
  }

  /// Sends a packet of a stream to the socket at `index`: return the answer.
  ///
  /// `bpf_sk_redirect_map`.
  @_alwaysEmitIntoClient @inline(__always)
  public borrowing func redirect(_ packet: SocketBufferContext, to index: UInt32, ingress: Bool = false)
    -> SocketVerdict
  {
    let verdict = bpf_sk_redirect_map(packet.rawContext, raw, index, ingress ? 1 : 0)
    return SocketVerdict(rawValue: Int32(truncatingIfNeeded: verdict))
  }
}
