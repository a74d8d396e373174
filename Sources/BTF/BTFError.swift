/// Bytes that are no well-formed BTF, or a question that a type cannot answer.
public struct BTFError: Error, Hashable, Sendable {
  /// Where in the bytes the fault lies, from the first byte of the header; nil when it has no place there.
  public var offset: Int?
  /// What is wrong.
  public var reason: Reason

  /// What is wrong.
  public enum Reason: Hashable, Sendable {
    /// Fewer bytes than the header has.
    case truncatedHeader(length: Int)
    /// The first two bytes are not `0xeB9F` in either byte order.
    case badMagic(UInt16)
    case unsupportedVersion(UInt8)
    /// The header names a section that reaches past the end of the bytes.
    case sectionOutOfBounds(Section)
    /// The string section does not begin and end with a zero byte.
    case unterminatedStrings
    /// A record reaches past the end of the type section.
    case truncatedType(TypeID)
    case unknownKind(TypeID, kind: UInt8)
    /// A name begins past the end of the string section.
    case nameOutOfBounds(TypeID, nameOffset: UInt32)
    /// More types than ids are there for.
    case tooManyTypes
    /// A base graph of the other byte order, or of other pointers.
    case mismatchedBase
    /// A type of a distilled base that the new base does not have.
    case missingInBase(TypeID, BTFKind, name: String, size: Int)
    /// A type of a distilled base that the new base has several times.
    case ambiguousInBase(TypeID, BTFKind, name: String, count: Int)
    /// An id that the graph does not have.
    case unknownType(TypeID)
    /// A chain of modifiers or arrays that is longer than any compiler writes, or that leads back into itself.
    case chainTooDeep(TypeID)
    /// A struct or union that contains itself.
    case recursiveType(TypeID)
    /// A definition that would take more text than any compiler's.
    case definitionTooLong(TypeID)
    /// A size that does not fit in 63 bits.
    case sizeOverflow(TypeID)
    /// A kind that has no size, as `void` or a function.
    case noSize(TypeID, BTFKind)
    /// A type that is of another kind than the question needs.
    case unexpectedKind(TypeID, found: BTFKind, expected: String)
    /// A bit-field or integer whose bits do not lie within its bytes, or are more than 128.
    case badBits(TypeID)
    /// Fewer bytes were given than the type has.
    case valueTooShort(TypeID, needed: Int, given: Int)
    /// A type name is not C, or names a type that the graph does not have.
    case badTypeName(String)
    /// A path names a member that is not there; `member` is the step that failed.
    case unknownMember(String, of: TypeID)
    /// Bytes that are no well-formed `.BTF.ext`; the offset counts from its first byte.
    case malformedExtension(ExtensionFault)
    /// Something added to a builder exceeds what the format can hold.
    case limitExceeded(Limit)
  }

  /// A part of the bytes.
  public enum Section: String, Hashable, Sendable { case header, types, strings }

  /// What is wrong in a section `.BTF.ext`.
  public enum ExtensionFault: Hashable, Sendable {
    /// Fewer bytes than the header has.
    case truncatedHeader(length: Int)
    /// The first two bytes are not `0xeB9F` in either byte order.
    case badMagic(UInt16)
    case unsupportedVersion(UInt8)
    /// The header says that it is shorter than any, or longer than the bytes.
    case badHeaderLength(Int)
    /// Records that reach past the end: those of functions, lines or relocations.
    case outOfBounds(String)
    /// Records that are shorter than they must be, or not made of whole words.
    case badRecordLength(Int, of: String, needed: Int)
    /// A place past the end of the object's strings.
    case unknownString(UInt32)
    case unknownRelocationKind(UInt32, section: String)
  }

  /// A limit of the format (include/uapi/linux/btf.h).
  public enum Limit: Hashable, Sendable {
    /// `BTF_MAX_VLEN`: 65,535 members, values, parameters or variables.
    case items(Int)
    /// A name holds a zero byte, or the names take more than `BTF_MAX_NAME_OFFSET` (16 MiB).
    case strings
    /// A bit offset or bit-field size that the member's field has no room for.
    case bitOffset(Int)
    /// A size or count beyond 32 bits.
    case size(Int)
    /// An enum value beyond 32 bits in an enum of at most 4 bytes.
    case enumValue(String)
  }

  /// An error at `offset`.
  public init(_ reason: Reason, at offset: Int? = nil) {
    self.offset = offset
    self.reason = reason
  }
}
