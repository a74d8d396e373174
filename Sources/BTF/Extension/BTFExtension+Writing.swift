extension BTFExtension {
  /// What is said about the sections of an object that is being written.
  ///
  /// The texts of lines are offsets among the strings of the builder that ``encoded(with:)`` gets.
  public init(
    functions: [Part<FunctionRecord>], lines: [Part<LineRecord>], relocations: [Part<CORERelocation>]
  ) {
    self.functions = functions
    self.lines = lines
    self.relocations = relocations
  }

  /// The bytes of a section `.BTF.ext`.
  ///
  /// - Parameters:
  ///   - builder: the types that the records belong to; it gets the strings that the records need.
  ///   - isByteSwapped: whether they are in the other byte order than this machine's.
  /// - Throws: ``BTFError`` when the strings are more than the format can hold.
  public func encoded(
    with builder: inout TypeGraphBuilder, isByteSwapped: Bool = false
  ) throws(BTFError) -> [UInt8] {
    var functionBytes: [UInt8] = []
    if !functions.isEmpty { functionBytes.appendWord(8) }
    for part in functions where !part.records.isEmpty {
      try functionBytes.appendPart(part.name, part.records.count, &builder)
      for record in part.records {
        functionBytes.appendWord(UInt32(clamping: record.instructionOffset))
        functionBytes.appendWord(record.type.rawValue)
      }
    }
    var lineBytes: [UInt8] = []
    if !lines.isEmpty { lineBytes.appendWord(16) }
    for part in lines where !part.records.isEmpty {
      try lineBytes.appendPart(part.name, part.records.count, &builder)
      for record in part.records {
        lineBytes.appendWord(UInt32(clamping: record.instructionOffset))
        lineBytes.appendWord(record.fileNameOffset)
        lineBytes.appendWord(record.textOffset)
        lineBytes.appendWord(record.lineAndColumn)
      }
    }
    var relocationBytes: [UInt8] = []
    if !relocations.isEmpty { relocationBytes.appendWord(16) }
    for part in relocations where !part.records.isEmpty {
      try relocationBytes.appendPart(part.name, part.records.count, &builder)
      for record in part.records {
        relocationBytes.appendWord(UInt32(clamping: record.instructionOffset))
        relocationBytes.appendWord(record.type.rawValue)
        relocationBytes.appendWord(try builder.addString(record.access))
        relocationBytes.appendWord(record.kind.rawValue)
      }
    }
    var bytes: [UInt8] = []
    withUnsafeBytes(of: BTFHeader.magic) { bytes.append(contentsOf: $0) }
    bytes.append(BTFHeader.version)
    bytes.append(0)
    bytes.appendWord(32)  // hdr_len
    var offset = 0
    for part in [functionBytes, lineBytes, relocationBytes] {
      bytes.appendWord(UInt32(clamping: offset))
      bytes.appendWord(UInt32(clamping: part.count))
      offset += part.count
    }
    bytes += functionBytes + lineBytes + relocationBytes
    if isByteSwapped { bytes.swapWords(upTo: bytes.count) }
    return bytes
  }
}

extension [UInt8] {
  /// `struct btf_ext_info_sec`.
  fileprivate mutating func appendPart(
    _ section: String, _ count: Int, _ builder: inout TypeGraphBuilder
  ) throws(BTFError) {
    appendWord(try builder.addString(section))
    appendWord(UInt32(clamping: count))
  }
}
