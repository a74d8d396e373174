/// An instruction that names something which gets its number later: when functions are put together, or in the kernel.
public struct CodeReference: Hashable, Sendable {
  /// What is named.
  public enum Target: Hashable, Sendable {
    /// A map; the wide load is to get its descriptor.
    case map(String)
    /// A byte of the first value of an array map, such as a global variable; a wide load.
    case mapValue(map: String, offset: Int)
    /// A function of the object that is called.
    case function(String)
    /// A function of the object whose address is taken, as for a callback; a wide load.
    case functionAddress(String)
    /// Something of the kernel or its configuration by the name of its ``ExternSpec``: a wide load for a variable,
    /// a call for a function.
    case external(String)
  }

  /// The slot, from the start of the function or program.
  public var instruction: Int
  /// What it names.
  public var target: Target

  /// The instruction at that slot names `target`.
  public init(instruction: Int, target: Target) {
    self.instruction = instruction
    self.target = target
  }
}
