public import BTF

/// The contents of a `struct_ops` map: the object's own form of a struct of the kernel, with functions filled in.
public struct StructOperationsSpec: Hashable, Sendable {
  /// The struct's name, which the kernel's has too; what follows `___` is not part of it.
  public var typeName: String
  /// The struct in the object's ``ObjectSpec/types``.
  public var typeID: TypeID
  /// Its bytes as the object initialises them, in the object's layout.
  public var contents: [UInt8]
  /// Programs by the byte at which the member begins that is to point to them; in the order of the members.
  public var functions: [FunctionSlot]
  /// Whether it is attached by a link (`.struct_ops.link`) rather than by an update of the map.
  public var usesLink: Bool

  /// A member that points to a program.
  public struct FunctionSlot: Hashable, Sendable {
    /// The member's first byte.
    public var offset: Int
    /// The program.
    public var program: String

    /// The member at `offset` points to `program`.
    public init(offset: Int, program: String) {
      self.offset = offset
      self.program = program
    }
  }

  /// A struct of that type.
  public init(typeName: String, typeID: TypeID, contents: [UInt8], functions: [FunctionSlot], usesLink: Bool) {
    self.typeName = typeName
    self.typeID = typeID
    self.contents = contents
    self.functions = functions
    self.usesLink = usesLink
  }
}
