internal import Builtin

/// A stack: the value put in last comes out first, `BPF_MAP_TYPE_STACK`.
///
/// *First kernel*: 4.20.
@frozen @_rawLayout(like: MapDefinition)
public struct StackMap<Value: BitwiseCopyable>: KernelMap, ~Copyable, @unchecked Sendable {
  /// The definition, and by its address the map.
  @_alwaysEmitIntoClient public var definition: UnsafeMutablePointer<MapDefinition> {
    @_transparent get { UnsafeMutablePointer(Builtin.addressOfRawLayout(self)) }
  }

  /// A stack of at most `maxEntries` values.
  @_alwaysEmitIntoClient @_transparent
  public init(maxEntries: UInt32, pinned: Bool = false) {
    definition.initialize(
      to: MapDefinition(
        .stack, valueSize: MemoryLayout<Value>.stride, maxEntries: maxEntries, pinned: pinned))
  }

  /// Adds `value`; false when the map is full and `replacingOldest` is not set.
  ///
  /// `bpf_map_push_elem`.
  @_alwaysEmitIntoClient @inline(__always) @discardableResult
  public borrowing func push(_ value: Value, replacingOldest: Bool = false) -> Bool {
    withPadded(value) { bpf_map_push_elem(raw, $0, replacingOldest ? 2 : 0) } == 0
  }

  /// Takes the newest value out, or nil when there is none.
  ///
  /// `bpf_map_pop_elem`.
  @_alwaysEmitIntoClient @inline(__always)
  public borrowing func pop() -> Value? { filled { bpf_map_pop_elem(raw, $0) } }

  /// A copy of the newest value, which stays, or nil when there is none.
  ///
  /// `bpf_map_peek_elem`.
  @_alwaysEmitIntoClient @inline(__always)
  public borrowing func peek() -> Value? { filled { bpf_map_peek_elem(raw, $0) } }
}
