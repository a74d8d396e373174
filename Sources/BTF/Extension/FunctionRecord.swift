/// Where a function begins in its section, and its type (`struct bpf_func_info`).
public struct FunctionRecord: Hashable, Sendable {
  /// Bytes from the beginning of the section to its first instruction.
  public var instructionOffset: Int
  /// The id of a ``FunctionType``.
  public var type: TypeID

  /// A function of that type at that place.
  public init(instructionOffset: Int, type: TypeID) {
    self.instructionOffset = instructionOffset
    self.type = type
  }
}
