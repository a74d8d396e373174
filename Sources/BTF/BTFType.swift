/// One type of a graph, with what its record says.
///
/// Names, members, values and parameters are read from the bytes when they are asked for.
public enum BTFType: Sendable {
  case void
  case integer(IntegerType)
  /// A pointer to the type, which may begin with ``typeTag(_:_:)``s: see ``TypeGraph/pointerTags(of:)``.
  case pointer(TypeID)
  case array(ArrayType)
  case structure(CompositeType)
  case union(CompositeType)
  /// An enum of 32 or 64 bits.
  case enumeration(EnumerationType)
  case forward(ForwardType)
  case typedef(TypedefType)
  case volatile(TypeID)
  case const(TypeID)
  case restrict(TypeID)
  case function(FunctionType)
  case functionPrototype(FunctionPrototype)
  case variable(VariableType)
  case dataSection(DataSectionType)
  case float(FloatType)
  case declarationTag(DeclarationTag)
  case typeTag(TypeTag)
}

extension TypeGraph {
  /// Reads the record of a type.
  ///
  /// - Throws: ``BTFError/Reason/unknownType(_:)`` for an id that the graph does not have.
  public func type(_ id: TypeID) throws(BTFError) -> BTFType {
    if id == .void { return .void }
    let record = try existingRecord(id)
    switch record.kind {
    case .void: return .void
    case .integer: return .integer(IntegerType(record: record))
    case .pointer: return .pointer(record.type)
    case .array: return .array(ArrayType(record: record))
    case .structure: return .structure(CompositeType(record: record))
    case .union: return .union(CompositeType(record: record))
    case .enumeration, .enumeration64: return .enumeration(EnumerationType(record: record))
    case .forward: return .forward(ForwardType(record: record))
    case .typedef: return .typedef(TypedefType(record: record))
    case .volatile: return .volatile(record.type)
    case .const: return .const(record.type)
    case .restrict: return .restrict(record.type)
    case .function: return .function(FunctionType(record: record))
    case .functionPrototype: return .functionPrototype(FunctionPrototype(record: record))
    case .variable: return .variable(VariableType(record: record))
    case .dataSection: return .dataSection(DataSectionType(record: record))
    case .float: return .float(FloatType(record: record))
    case .declarationTag: return .declarationTag(DeclarationTag(record: record))
    case .typeTag: return .typeTag(TypeTag(record: record))
    }
  }
}

/// An integer (`BTF_KIND_INT`).
public struct IntegerType: Sendable {
  let record: TypeRecord

  /// As compilers spell it: `long unsigned int`, `char`, `_Bool`.
  public var name: String { record.name }
  /// Bytes in memory.
  public var size: Int { record.size }
  /// How many bits of those bytes are the value: fewer only in bit-fields of old compilers.
  public var bitCount: Int { Int(record.word(0) & 0xff) }
  /// Where those bits begin: 0 but in bit-fields of old compilers.
  public var bitOffset: Int { Int((record.word(0) >> 16) & 0xff) }
  /// Whether the encoding says signed; `char` is not in kernels from 6.2 on, which are built with an unsigned one.
  public var isSigned: Bool { encoding & 1 != 0 }
  /// Whether the encoding says character, which compilers no longer set; see ``isCharacter``.
  public var isEncodedAsCharacter: Bool { encoding & 2 != 0 }
  /// Whether the encoding says boolean.
  public var isBoolean: Bool { encoding & 4 != 0 }
  /// Whether it is a `char`: by its encoding, or by its name and size.
  public var isCharacter: Bool {
    isEncodedAsCharacter || size == 1 && name == "char"
  }

  var encoding: UInt32 { (record.word(0) >> 24) & 0xf }
}

/// A floating-point type (`BTF_KIND_FLOAT`).
public struct FloatType: Sendable {
  let record: TypeRecord
  /// Its name.
  public var name: String { record.name }
  /// Bytes in memory: 2, 4, 8, 12 or 16.
  public var size: Int { record.size }
}

/// An array (`BTF_KIND_ARRAY`).
public struct ArrayType: Sendable {
  let record: TypeRecord
  /// What each element is, modifiers kept.
  public var element: TypeID { TypeID(record.word(0)) }
  /// The integer that counts the elements, which means nothing.
  public var indexType: TypeID { TypeID(record.word(1)) }
  /// How many elements; 0 for a flexible array at the end of a struct.
  public var count: Int { Int(record.word(2)) }
}

/// A struct or union that is only named (`BTF_KIND_FWD`).
public struct ForwardType: Sendable {
  let record: TypeRecord
  /// Its name.
  public var name: String { record.name }
  /// Whether it is a union; else it is a struct.
  public var isUnion: Bool { record.flag }
}

/// Another name for a type (`BTF_KIND_TYPEDEF`).
public struct TypedefType: Sendable {
  let record: TypeRecord
  /// Its name.
  public var name: String { record.name }
  /// What it stands for.
  public var target: TypeID { record.type }
}

/// A note that a compiler attached to a type (`BTF_KIND_TYPE_TAG`), such as `user` on what a pointer points to.
public struct TypeTag: Sendable {
  let record: TypeRecord
  /// The text of the tag.
  public var name: String { record.name }
  /// What it stands for.
  public var target: TypeID { record.type }
  /// Whether the text is a whole attribute rather than the argument of `btf_type_tag`.
  ///
  /// First kernel: 6.15.
  public var isAttribute: Bool { record.flag }
}

/// A note that a compiler attached to a declaration (`BTF_KIND_DECL_TAG`), such as `bpf_kfunc` on a function.
public struct DeclarationTag: Sendable {
  let record: TypeRecord
  /// The text of the tag.
  public var name: String { record.name }
  /// What is tagged: a struct, union, function, variable or typedef.
  public var target: TypeID { record.type }
  /// Which member or parameter of ``target`` is tagged; nil for the whole of it.
  public var component: Int? {
    let index = Int32(bitPattern: record.word(0))
    return index < 0 ? nil : Int(index)
  }
  /// Whether the text is a whole attribute rather than the argument of `btf_decl_tag`.
  ///
  /// First kernel: 6.15.
  public var isAttribute: Bool { record.flag }
}
