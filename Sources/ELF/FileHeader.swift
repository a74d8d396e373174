/// The file's first header: what kind of file it is and where the two header tables lie.
struct FileHeader {
  let fileClass: ELFFile.FileClass
  let byteOrder: ByteOrder
  let type: UInt16
  let machine: UInt16
  let entry: UInt64
  let flags: UInt32

  private let segmentTableOffset: UInt64
  private let segmentEntrySize: UInt16
  private let segmentCount: UInt16
  private let sectionTableOffset: UInt64
  private let sectionEntrySize: UInt16
  private let sectionCount: UInt16
  private let nameSectionIndex: UInt16

  init(_ source: some ByteSource) throws(ELFError) {
    guard let bytes = source.part(at: 0, count: min(source.count, 64)) else { throw .notELF }
    guard bytes.integer(at: 0, as: UInt32.self, order: .big) == 0x7f45_4c46 else { throw .notELF }
    let tooShort = ELFError.outOfBounds(part: "file header", offset: 0, size: 52, fileSize: source.count)
    guard let classValue = bytes.integer(at: 4, as: UInt8.self, order: .little),
      let orderValue = bytes.integer(at: 5, as: UInt8.self, order: .little),
      let version = bytes.integer(at: 6, as: UInt8.self, order: .little)
    else { throw tooShort }
    guard let fileClass = ELFFile.FileClass(rawValue: classValue) else {
      throw .unsupported(field: "EI_CLASS", value: UInt64(classValue))
    }
    guard orderValue == 1 || orderValue == 2 else {
      throw .unsupported(field: "EI_DATA", value: UInt64(orderValue))
    }
    guard version == 1 else { throw .unsupported(field: "EI_VERSION", value: UInt64(version)) }
    self.fileClass = fileClass
    self.byteOrder = orderValue == 1 ? .little : .big

    var fields = FieldReader(bytes, at: 16, fileClass: fileClass, order: byteOrder)
    do {
      type = try fields.next(UInt16.self)
      machine = try fields.next(UInt16.self)
      _ = try fields.next(UInt32.self)  // e_version, the same as EI_VERSION
      entry = try fields.nextWord()
      segmentTableOffset = try fields.nextWord()
      sectionTableOffset = try fields.nextWord()
      flags = try fields.next(UInt32.self)
      _ = try fields.next(UInt16.self)  // e_ehsize
      segmentEntrySize = try fields.next(UInt16.self)
      segmentCount = try fields.next(UInt16.self)
      sectionEntrySize = try fields.next(UInt16.self)
      sectionCount = try fields.next(UInt16.self)
      nameSectionIndex = try fields.next(UInt16.self)
    } catch {
      throw tooShort
    }
  }

  /// Reads the section header table and gives every section its name.
  ///
  /// Counts that do not fit in 16 bits stand in the first section header (gABI, "Section header table").
  func readSections(of source: some ByteSource) throws(ELFError) -> [Section] {
    guard sectionTableOffset != 0 else { return [] }
    let entrySize = fileClass == .elf64 ? 64 : 40
    guard sectionEntrySize == entrySize else {
      throw .wrongEntrySize(part: "section header table", size: UInt64(sectionEntrySize), expected: entrySize)
    }
    func header(at index: Int, of table: ByteRegion) throws(ELFError) -> Section {
      var fields = FieldReader(table, at: index * entrySize, fileClass: fileClass, order: byteOrder)
      return try Section(index: index, from: &fields)
    }
    let first = try header(at: 0, of: table("section header table", at: sectionTableOffset, entrySize, 1, in: source))
    let count = sectionCount == 0 ? first.size : UInt64(sectionCount)
    let table = try table("section header table", at: sectionTableOffset, entrySize, count, in: source)
    var sections: [Section] = []
    sections.reserveCapacity(table.count / entrySize)
    for index in 0..<table.count / entrySize { sections.append(try header(at: index, of: table)) }

    let nameIndex = nameSectionIndex == 0xffff ? Int(first.link) : Int(nameSectionIndex)
    if nameIndex != 0 {
      guard nameIndex < sections.count else { throw .noSuchSection(index: nameIndex) }
      if let names = source.part(at: sections[nameIndex].fileOffset, count: sections[nameIndex].size) {
        for index in sections.indices {
          sections[index].name = names.string(at: Int(sections[index].nameOffset)) ?? ""
        }
      }
    }
    return sections
  }

  /// Reads the program header table.
  func readSegments(of source: some ByteSource, firstSection: Section?) throws(ELFError) -> [Segment] {
    guard segmentTableOffset != 0, segmentCount != 0 else { return [] }
    let entrySize = fileClass == .elf64 ? 56 : 32
    guard segmentEntrySize == entrySize else {
      throw .wrongEntrySize(part: "program header table", size: UInt64(segmentEntrySize), expected: entrySize)
    }
    let count = segmentCount == 0xffff ? UInt64(firstSection?.info ?? 0xffff) : UInt64(segmentCount)
    let table = try table("program header table", at: segmentTableOffset, entrySize, count, in: source)
    var segments: [Segment] = []
    for index in 0..<table.count / entrySize {
      var fields = FieldReader(table, at: index * entrySize, fileClass: fileClass, order: byteOrder)
      segments.append(try Segment(from: &fields))
    }
    return segments
  }

  private func table(
    _ part: String, at offset: UInt64, _ entrySize: Int, _ count: UInt64, in source: some ByteSource
  ) throws(ELFError) -> ByteRegion {
    let (size, overflow) = count.multipliedReportingOverflow(by: UInt64(entrySize))
    guard !overflow, let table = source.part(at: offset, count: size) else {
      throw .outOfBounds(part: part, offset: offset, size: overflow ? .max : size, fileSize: source.count)
    }
    return table
  }
}
