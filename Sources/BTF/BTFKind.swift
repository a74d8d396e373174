/// What a type record describes (`BTF_KIND_*`).
///
/// Numbers: include/uapi/linux/btf.h. Records of another kind cannot be skipped, for their length is unknown.
public enum BTFKind: UInt8, CaseIterable, Sendable {
  /// `void`, the type 0; no record has this kind.
  case void = 0
  case integer = 1
  case pointer = 2
  case array = 3
  case structure = 4
  case union = 5
  /// An enum whose values have 32 bits.
  case enumeration = 6
  /// A struct or union that is named but not described.
  case forward = 7
  case typedef = 8
  case volatile = 9
  case const = 10
  case restrict = 11
  /// A function with a name; its signature is a ``functionPrototype``.
  case function = 12
  case functionPrototype = 13
  case variable = 14
  case dataSection = 15
  /// First kernel: 5.13.
  case float = 16
  /// First kernel: 5.16.
  case declarationTag = 17
  /// First kernel: 5.17.
  case typeTag = 18
  /// An enum whose values have 64 bits. First kernel: 6.0.
  case enumeration64 = 19

  /// The kernel's word for the kind, as it stands in raw dumps.
  public var kernelName: String { "\(word)" }

  /// ``kernelName`` for writers of bytes.
  var word: StaticString {
    switch self {
    case .void: "VOID"
    case .integer: "INT"
    case .pointer: "PTR"
    case .array: "ARRAY"
    case .structure: "STRUCT"
    case .union: "UNION"
    case .enumeration: "ENUM"
    case .forward: "FWD"
    case .typedef: "TYPEDEF"
    case .volatile: "VOLATILE"
    case .const: "CONST"
    case .restrict: "RESTRICT"
    case .function: "FUNC"
    case .functionPrototype: "FUNC_PROTO"
    case .variable: "VAR"
    case .dataSection: "DATASEC"
    case .float: "FLOAT"
    case .declarationTag: "DECL_TAG"
    case .typeTag: "TYPE_TAG"
    case .enumeration64: "ENUM64"
    }
  }

  /// Whether the kind only qualifies or renames another type: typedef, const, volatile, restrict, type tag.
  public var isModifier: Bool {
    switch self {
    case .typedef, .volatile, .const, .restrict, .typeTag: true
    default: false
    }
  }

  /// Bytes after the 12 common ones: a fixed part, and a part for each of the record's items (`vlen`).
  var tail: (fixed: Int, perItem: Int) {
    switch self {
    case .integer, .variable, .declarationTag: (4, 0)
    case .array: (12, 0)
    case .structure, .union, .dataSection, .enumeration64: (0, 12)
    case .enumeration, .functionPrototype: (0, 8)
    case .void, .pointer, .forward, .typedef, .volatile, .const, .restrict, .function, .float, .typeTag: (0, 0)
    }
  }
}
