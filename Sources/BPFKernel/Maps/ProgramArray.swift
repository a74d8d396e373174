internal import Builtin

/// Programs to go on with, `BPF_MAP_TYPE_PROG_ARRAY`; user space fills the slots.
///
/// *First kernel*: 4.2.
@frozen @_rawLayout(like: MapDefinition)
public struct ProgramArray: KernelMap, ~Copyable, @unchecked Sendable {
  /// The definition, and by its address the map.
  @_alwaysEmitIntoClient public var definition: UnsafeMutablePointer<MapDefinition> {
    @_transparent get { UnsafeMutablePointer(Builtin.addressOfRawLayout(self)) }
  }

  /// An array of `count` empty slots.
  @_alwaysEmitIntoClient @_transparent
  public init(count: UInt32, pinned: Bool = false) {
    definition.initialize(
      to: MapDefinition(
        .programArray, keySize: 4, valueSize: 4, maxEntries: count, pinned: pinned))
  }

  /// Goes on with the program at `index` instead of this one; comes back only when the slot is empty.
  ///
  /// The program must be of this one's type. `bpf_tail_call`, at most 33 in a row.
  @_alwaysEmitIntoClient @inline(__always)
  public borrowing func tailCall(_ index: some FixedWidthInteger, with context: some ProgramContext) {
    // The kernel looks at the lower 32 bits only: clearing the others would be for nothing.
    _ = callHelper(12, word(context.rawContext), word(raw), word(index))
  }
}
