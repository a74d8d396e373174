internal import KernelInterface

/// Functions of the kernel, such as those of a TCP congestion control, that programs take the place of.
///
/// Its value is the kernel's `struct bpf_struct_ops_…`, filled with numbers and descriptors of programs.
/// `BPF_MAP_TYPE_STRUCT_OPS`. *First kernel*: 5.6.
public struct StructOpsMap: TypedMap {
  /// Where it is in its life: `enum bpf_struct_ops_state`.
  public enum State: UInt32, Sendable {
    /// Nothing is registered.
    case initial = 0
    /// The kernel calls the programs.
    case inUse = 1
    /// It was unregistered, and somebody still uses it.
    case toBeFreed = 2
    /// It waits for a link that registers it (`BPF_F_LINK`).
    case ready = 3
  }

  /// The map itself.
  public let map: Map
  private let elements: ByteElements<UInt32>

  /// Takes a map that is there already.
  ///
  /// - Throws: ``BPFError/mapMismatch(_:)``.
  public init(_ map: Map) throws(BPFError) {
    try map.require([.structOps])
    elements = try ByteElements(map)
    self.map = map
  }

  /// Whether the kernel calls the programs; nil for a state that has no name here.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``.
  public func state() throws(BPFError) -> State? {
    // `struct bpf_struct_ops_common_value`: a reference count, and the state.
    guard let value = try elements.value(for: 0) else { return .initial }
    return State(rawValue: ByteElements<UInt32>.number(value, 1))
  }

  /// Gives the kernel the value, and registers it unless the map waits for a link.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``: `EBUSY` when it was given already, `EINVAL` for values and programs that the
  ///   kernel does not take; ``BPFError/wrongSize(map:expected:given:)``.
  public func register(_ value: [UInt8]) throws(BPFError) { try elements.set(value, for: 0) }

  /// Takes the programs out of use; false when they are not in use.
  ///
  /// - Throws: ``BPFError/mapElement(_:)``: `EOPNOTSUPP` when a link registered it.
  @discardableResult
  public func unregister() throws(BPFError) -> Bool { try elements.removeValue(for: 0) }
}
