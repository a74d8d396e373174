public import BTF
public import Bytecode

/// A program put together: its entry followed by every function that it reaches.
///
/// Calls between the functions and addresses of functions are filled in; maps and the kernel's things are still named.
public struct LinkedCode: Hashable, Sendable {
  /// A function's place.
  public struct Function: Hashable, Sendable {
    /// Its first slot.
    public var offset: Int
    /// Its symbol.
    public var name: String
    /// Its type (`BTF_KIND_FUNC`); nil when the object does not say.
    public var typeID: TypeID?

    /// A function from slot `offset` on.
    public init(offset: Int, name: String, typeID: TypeID?) {
      self.offset = offset
      self.name = name
      self.typeID = typeID
    }
  }

  /// All slots.
  public var instructions: [Instruction]
  /// What is still to be filled in: maps, their values and externs.
  ///
  /// An option of the configuration appears as the value of the object's ``ObjectSpec/configurationMap``.
  public var references: [CodeReference]
  /// The functions, the entry first.
  public var functions: [Function]
  /// Where instructions come from, in their order; offsets count from the first byte.
  public var lines: [LineRecord]
  /// Where the program depends on the kernel's types; offsets count from its first byte.
  public var relocations: [CORERelocation]

  /// Code whose parts are in the order of its instructions.
  public init(
    instructions: [Instruction], references: [CodeReference] = [], functions: [Function] = [],
    lines: [LineRecord] = [], relocations: [CORERelocation] = []
  ) {
    self.instructions = instructions
    self.references = references
    self.functions = functions
    self.lines = lines
    self.relocations = relocations
  }
}
