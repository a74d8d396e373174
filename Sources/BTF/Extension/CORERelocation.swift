/// A place in the code whose constant depends on the kernel's types (`struct bpf_core_relo`).
///
/// The type is the object's own, the *local* one; a loader finds the kernel's type of that name and writes into the
/// instruction what the constant is there ("compile once, run everywhere").
public struct CORERelocation: Hashable, Sendable {
  /// Bytes from the beginning of the section to the instruction that holds the constant.
  public var instructionOffset: Int
  /// The local type where the access begins, called its root.
  public var type: TypeID
  /// The way from the root to the field, as indexes: `0:1:3`; `0` for a type, the index of the value for an enum.
  public var access: String
  /// What the constant is.
  public var kind: CORERelocationKind

  /// A relocation of the instruction at that place.
  public init(instructionOffset: Int, type: TypeID, access: String, kind: CORERelocationKind) {
    self.instructionOffset = instructionOffset
    self.type = type
    self.access = access
    self.kind = kind
  }
}

/// What the constant of a CO-RE relocation is (`enum bpf_core_relo_kind`, include/uapi/linux/bpf.h).
public enum CORERelocationKind: UInt32, CaseIterable, Sendable {
  /// Bytes from the root to the field; for a bit-field, to the integer that holds it.
  case fieldByteOffset = 0
  /// Bytes that the field takes; for a bit-field, the integer that holds it.
  case fieldByteSize = 1
  /// 1 when the kernel's type has the field, else 0.
  case fieldExists = 2
  /// 1 when the field is signed, else 0.
  case fieldIsSigned = 3
  /// How far the loaded integer is shifted to the left, so that the field's highest bit becomes the 64th.
  case fieldLeftShift = 4
  /// How far it is then shifted to the right, so that the field's lowest bit becomes the first.
  case fieldRightShift = 5
  /// The type's id in the object's own BTF.
  case localTypeID = 6
  /// The type's id in the kernel's BTF, 0 when the kernel has no such type.
  case targetTypeID = 7
  /// 1 when the kernel has a compatible type of that name, else 0.
  case typeExists = 8
  /// Bytes that the kernel's type takes, 0 when it has none.
  case typeSize = 9
  /// 1 when the kernel's enum has a value of that name, else 0.
  case enumeratorExists = 10
  /// The value of that name in the kernel's enum.
  case enumeratorValue = 11
  /// 1 when the kernel has a type of that name with all that the local one has, of the same types, else 0.
  ///
  /// First libbpf: 1.0; first LLVM: 15.
  case typeMatches = 12

  /// Whether the kernel's types are needed for it.
  public var asksKernel: Bool { self != .localTypeID }

  /// The word that libbpf has for it in its messages.
  public var name: String {
    switch self {
    case .fieldByteOffset: "byte_off"
    case .fieldByteSize: "byte_sz"
    case .fieldExists: "field_exists"
    case .fieldIsSigned: "signed"
    case .fieldLeftShift: "lshift_u64"
    case .fieldRightShift: "rshift_u64"
    case .localTypeID: "local_type_id"
    case .targetTypeID: "target_type_id"
    case .typeExists: "type_exists"
    case .typeSize: "type_size"
    case .enumeratorExists: "enumval_exists"
    case .enumeratorValue: "enumval_value"
    case .typeMatches: "type_matches"
    }
  }
}
