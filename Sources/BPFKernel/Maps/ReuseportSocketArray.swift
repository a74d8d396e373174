internal import Builtin

/// Sockets that share a port, by index, `BPF_MAP_TYPE_REUSEPORT_SOCKARRAY`; user space fills the slots.
///
/// *First kernel*: 4.19.
@frozen @_rawLayout(like: MapDefinition)
public struct ReuseportSocketArray: KernelMap, ~Copyable, @unchecked Sendable {
  /// The definition, and by its address the map.
  @_alwaysEmitIntoClient public var definition: UnsafeMutablePointer<MapDefinition> {
    @_transparent get { UnsafeMutablePointer(Builtin.addressOfRawLayout(self)) }
  }

  /// An array of `count` empty slots.
  @_alwaysEmitIntoClient @_transparent
  public init(count: UInt32, pinned: Bool = false) {
    definition.initialize(
      to: MapDefinition(.reusePortSocketArray, keySize: 4, valueSize: 8, maxEntries: count, pinned: pinned))
  }

  /// Gives the packet to the socket at `index`; false when the slot is empty.
  ///
  /// `bpf_sk_select_reuseport`.
  @_alwaysEmitIntoClient @inline(__always) @discardableResult
  public borrowing func select(_ index: UInt32, for context: some ProgramContext) -> Bool {
    withPadded(index) { bpf_sk_select_reuseport(context.rawContext, raw, $0, 0) } == 0
  }
}
