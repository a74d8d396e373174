extension BTFError: CustomStringConvertible {
  /// What is wrong, and where.
  public var description: String {
    guard let offset else { return reason.words }
    if case .malformedExtension = reason { return "\(reason.words) (at byte \(offset) of .BTF.ext)" }
    return "\(reason.words) (at byte \(offset) of the BTF)"
  }
}

extension BTFError.Reason {
  /// The fact as a clause without a capital letter or a full stop.
  fileprivate var words: String {
    switch self {
    case .truncatedHeader(let length): "the header needs 24 bytes, but there are only \(length)"
    case .badMagic(let magic): "no BTF: it begins with 0x\(String(magic, radix: 16)) instead of 0xeb9f"
    case .unsupportedVersion(let version): "BTF of version \(version), where only version 1 is known"
    case .sectionOutOfBounds(let section): "the \(section.rawValue) section reaches past the end"
    case .unterminatedStrings: "the string section does not begin and end with a zero byte"
    case .truncatedType(let id): "type \(id) reaches past the end of the type section"
    case .unknownKind(let id, let kind): "type \(id) is of the unknown kind \(kind)"
    case .nameOutOfBounds(let id, let name): "the name of type \(id) lies at \(name), past the end of the strings"
    case .tooManyTypes: "more types than ids are there for"
    case .mismatchedBase: "the base graph is of another byte order or pointer size"
    case .missingInBase(_, let kind, let name, let size):
      "the new base has no \(kind.kernelName) '\(name)'\(kind == .forward ? "" : " of \(size) bytes")"
    case .ambiguousInBase(_, let kind, let name, let count):
      "the new base has \(count) types \(kind.kernelName) '\(name)' of the same size"
    case .unknownType(let id): "type \(id) does not exist"
    case .chainTooDeep(let id): "the chain of types that begins at \(id) does not end"
    case .recursiveType(let id): "type \(id) contains itself"
    case .definitionTooLong(let id): "the definition of type \(id) would be endless"
    case .sizeOverflow(let id): "the size of type \(id) is beyond all memory"
    case .noSize(let id, let kind): "type \(id) (\(kind.kernelName)) has no size"
    case .unexpectedKind(let id, let found, let expected): "type \(id) is \(found.kernelName), not \(expected)"
    case .badBits(let id): "the bits of type \(id) do not lie within its bytes"
    case .valueTooShort(let id, let needed, let given): "type \(id) has \(needed) bytes, but only \(given) are given"
    case .badTypeName(let text): "'\(text)' is not a type that is known here"
    case .unknownMember(let name, let id): "type \(id) has no member '\(name)'"
    case .malformedExtension(let fault): fault.words
    case .limitExceeded(let limit): limit.words
    }
  }
}

extension BTFError.ExtensionFault {
  fileprivate var words: String {
    switch self {
    case .truncatedHeader(let length): "the header needs 24 bytes, but there are only \(length)"
    case .badMagic(let magic): "no .BTF.ext: it begins with 0x\(String(magic, radix: 16)) instead of 0xeb9f"
    case .unsupportedVersion(let version): ".BTF.ext of version \(version), where only version 1 is known"
    case .badHeaderLength(let length): "a header of \(length) bytes, which is less than 24 or more than there are"
    case .outOfBounds(let content): "the records of \(content) reach past their end"
    case .badRecordLength(let length, let content, let needed):
      "records of \(content) have \(length) bytes, where whole words of at least \(needed) bytes are expected"
    case .unknownString(let offset): "a string at \(offset), past the end of the strings"
    case .unknownRelocationKind(let kind, let section):
      "a CO-RE relocation of the unknown kind \(kind) in section '\(section)'"
    }
  }
}

extension BTFError.Limit {
  fileprivate var words: String {
    switch self {
    case .items(let count): "\(count) members, values or parameters, where BTF has room for 65535"
    case .strings: "a name with a zero byte, or more than 16 MiB of names"
    case .bitOffset(let bits): "a member at bit \(bits), or a bit-field, that BTF has no room for"
    case .size(let size): "a size or count of \(size), where BTF has room for 32 bits"
    case .enumValue(let name): "the value of '\(name)' needs 64 bits in an enum of at most 4 bytes"
    }
  }
}
