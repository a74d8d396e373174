internal import Builtin

/// Call stacks by number, each kept once, `BPF_MAP_TYPE_STACK_TRACE`.
///
/// *First kernel*: 4.6.
@frozen @_rawLayout(like: MapDefinition)
public struct StackTraceMap: KernelMap, ~Copyable, @unchecked Sendable {
  /// The definition, and by its address the map.
  @_alwaysEmitIntoClient public var definition: UnsafeMutablePointer<MapDefinition> {
    @_transparent get { UnsafeMutablePointer(Builtin.addressOfRawLayout(self)) }
  }

  /// A map of at most `maxEntries` stacks of up to `depth` frames.
  @_alwaysEmitIntoClient @_transparent
  public init(maxEntries: UInt32, depth: UInt32 = 127, pinned: Bool = false) {
    definition.initialize(
      to: MapDefinition(
        .stackTrace, keySize: 4, valueSize: Int(truncatingIfNeeded: depth &* 8), maxEntries: maxEntries, pinned: pinned)
    )
  }

  /// The number of the present call stack, negative for an error (`-EEXIST`: another stack has its place).
  ///
  /// `bpf_get_stackid`.
  @_alwaysEmitIntoClient @inline(__always)
  public borrowing func id(of space: StackSpace, _ context: some ProgramContext) -> Int {
    bpf_get_stackid(context.rawContext, raw, space == .user ? 1 << 8 : 0)
  }

  /// Whose call stack is meant.
  @frozen public enum StackSpace: UInt8, Sendable { case kernel, user }
}
