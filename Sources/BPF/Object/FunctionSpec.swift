public import BTF
public import Bytecode

/// A function of an object file: an entry program or one that programs call.
public struct FunctionSpec: Hashable, Sendable {
  /// Who can see a function by its name.
  public enum Linkage: Hashable, Sendable {
    /// Only its own object file.
    case `static`
    /// Every object that it is linked with; the verifier checks it by itself, without its callers.
    case global
    /// As `global`, but another object's definition takes precedence.
    case weak
  }

  /// Its symbol.
  public var name: String
  /// The section of the object that it stands in.
  public var sectionName: String
  /// Who can see it.
  public var linkage: Linkage
  /// Whether it is global for the linker only (`STV_HIDDEN`, `__hidden`): the verifier checks it with its callers.
  public var isHidden: Bool
  /// Its slots, as the compiler wrote them: what ``references`` names is not filled in.
  public var instructions: [Instruction]
  /// Where it names maps, functions and externs; in the order of the instructions.
  public var references: [CodeReference]
  /// Where its instructions come from, in their order; offsets count from its first byte.
  public var lines: [LineRecord]
  /// Where it depends on the kernel's types; offsets count from its first byte.
  public var relocations: [CORERelocation]
  /// Its type (`BTF_KIND_FUNC`) in the object's ``ObjectSpec/types``; nil when the object does not say.
  public var typeID: TypeID?

  /// A function that refers to nothing unless told otherwise.
  public init(
    name: String, sectionName: String, linkage: Linkage = .global, isHidden: Bool = false,
    instructions: [Instruction], references: [CodeReference] = [], lines: [LineRecord] = [],
    relocations: [CORERelocation] = [], typeID: TypeID? = nil
  ) {
    self.name = name
    self.sectionName = sectionName
    self.linkage = linkage
    self.isHidden = isHidden
    self.instructions = instructions
    self.references = references
    self.lines = lines
    self.relocations = relocations
    self.typeID = typeID
  }
}
