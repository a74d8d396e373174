internal import Builtin

/// Where XDP programs send packets: XDP sockets, by receive queue, `BPF_MAP_TYPE_XSKMAP`; user space fills the slots.
///
/// *First kernel*: 4.18.
@frozen @_rawLayout(like: MapDefinition)
public struct XSKMap: KernelMap, ~Copyable, @unchecked Sendable {
  /// The definition, and by its address the map.
  @_alwaysEmitIntoClient public var definition: UnsafeMutablePointer<MapDefinition> {
    @_transparent get { UnsafeMutablePointer(Builtin.addressOfRawLayout(self)) }
  }

  /// A map of `count` empty slots.
  @_alwaysEmitIntoClient @_transparent
  public init(count: UInt32, pinned: Bool = false) {
    definition.initialize(
      to: MapDefinition(
        .xskMap, keySize: 4, valueSize: 4, maxEntries: count, pinned: pinned))
  }

  /// Sends the packet to what is at `index`: return the answer.
  ///
  /// Where the slot is empty, the answer is `otherwise`.
  ///
  /// `bpf_redirect_map`.
  @_alwaysEmitIntoClient @inline(__always)
  public borrowing func redirect(to index: UInt32, otherwise: XDPAction = .aborted) -> XDPAction {
    let answer = bpf_redirect_map(raw, index, UInt64(truncatingIfNeeded: otherwise.rawValue))
    return XDPAction(rawValue: Int32(truncatingIfNeeded: answer))
  }
}
