/// Reads the parts of a `.BTF.ext`, every step checked against its bytes.
struct ExtensionReader {
  /// The records that the section holds, in the order of its header.
  enum Content: String {
    case functions, lines, relocations

    /// Where the header says where they are: their offset and length.
    var headerPlace: Int {
      switch self {
      case .functions: 8
      case .lines: 16
      case .relocations: 24
      }
    }

    /// Bytes of a record that are known here.
    var recordLength: Int { self == .functions ? 8 : 16 }
  }

  private static let shortestHeader = 24
  /// A section's name and its number of records.
  private static let partHeaderLength = 8

  private let bytes: GraphBytes
  private let headerLength: Int
  private let types: TypeGraph

  init(_ buffer: UnsafeRawBufferPointer, types: TypeGraph) throws(BTFError) {
    guard let start = buffer.baseAddress, buffer.count >= Self.shortestHeader else {
      throw .malformedExtension(.truncatedHeader(length: buffer.count), at: 0)
    }
    var bytes = GraphBytes(start: start, count: buffer.count)
    let magic = bytes.halfWord(at: 0)
    if magic == BTFHeader.magic.byteSwapped {
      bytes.isSwapped = true
    } else if magic != BTFHeader.magic {
      throw .malformedExtension(.badMagic(magic), at: 0)
    }
    let version = bytes.byte(at: 2)
    guard version == BTFHeader.version else { throw .malformedExtension(.unsupportedVersion(version), at: 2) }
    headerLength = Int(bytes.word(at: 4))
    guard headerLength >= Self.shortestHeader, headerLength <= bytes.count else {
      throw .malformedExtension(.badHeaderLength(headerLength), at: 4)
    }
    self.bytes = bytes
    self.types = types
  }

  /// A word of a record, which ``parts(of:record:)`` has checked to be there.
  func word(at offset: Int) -> UInt32 { bytes.word(at: offset) }

  /// A word that is the place of a string.
  func stringOffset(at offset: Int) throws(BTFError) -> UInt32 {
    let string = bytes.word(at: offset)
    guard types.hasString(at: string) else { throw .malformedExtension(.unknownString(string), at: offset) }
    return string
  }

  /// The records of one content, each made by `record` from its place and the name of its section.
  func parts<Record>(
    of content: Content, record: (ExtensionReader, Int, String) throws(BTFError) -> Record
  ) throws(BTFError) -> [BTFExtension.Part<Record>] {
    // Headers of older compilers end before the relocations.
    guard headerLength >= content.headerPlace + 8 else { return [] }
    // Three 32-bit numbers cannot overflow 64 bits.
    let start = headerLength + Int(bytes.word(at: content.headerPlace))
    let end = start + Int(bytes.word(at: content.headerPlace + 4))
    guard end <= bytes.count else { throw .malformedExtension(.outOfBounds(content.rawValue), at: content.headerPlace) }
    if start == end { return [] }
    guard end - start >= 4 else { throw .malformedExtension(.outOfBounds(content.rawValue), at: start) }
    let stride = Int(bytes.word(at: start))
    guard stride >= content.recordLength, stride % 4 == 0 else {
      throw .malformedExtension(
        .badRecordLength(stride, of: content.rawValue, needed: content.recordLength), at: start)
    }
    var parts: [BTFExtension.Part<Record>] = []
    var cursor = start + 4
    while cursor < end {
      guard end - cursor >= Self.partHeaderLength else {
        throw .malformedExtension(.outOfBounds(content.rawValue), at: cursor)
      }
      let name = types.string(at: try stringOffset(at: cursor))
      let count = Int(bytes.word(at: cursor + 4))
      cursor += Self.partHeaderLength
      // Both are below 2^32: the product fits.
      guard count * stride <= end - cursor else {
        throw .malformedExtension(.outOfBounds(content.rawValue), at: cursor - 4)
      }
      var records: [Record] = []
      records.reserveCapacity(count)
      for _ in 0..<count {
        records.append(try record(self, cursor, name))
        cursor += stride
      }
      parts.append(.init(name: name, records: records))
    }
    return parts
  }
}

extension BTFError {
  static func malformedExtension(_ fault: ExtensionFault, at offset: Int) -> BTFError {
    BTFError(.malformedExtension(fault), at: offset)
  }
}
