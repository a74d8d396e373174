/// A place in a section that the linker or loader fills in.
public struct Relocation: Hashable, Sendable {
  /// The place: in an object file an offset in the section, else an address (`r_offset`).
  public let offset: UInt64
  /// How to fill it in; each processor counts for itself (`ELF64_R_TYPE`).
  public let type: UInt32
  /// The symbol that it needs, as an index in the symbol table; 0 means none (`ELF64_R_SYM`).
  public let symbolIndex: Int
  /// What to add, or nil when it stands at the place itself (`SHT_REL`).
  public let addend: Int64?

  /// A relocation of these parts.
  public init(offset: UInt64, type: UInt32, symbolIndex: Int, addend: Int64?) {
    self.offset = offset
    self.type = type
    self.symbolIndex = symbolIndex
    self.addend = addend
  }
}

/// The relocations of one section, decoded one by one when they are asked for.
public struct RelocationTable: RandomAccessCollection, Sendable {
  /// The section that holds the table.
  public let section: Section
  /// The index of the section that is changed (`sh_info`).
  public var targetSectionIndex: Int { Int(section.info) }
  /// The index of the symbol table (`sh_link`).
  public var symbolTableIndex: Int { Int(section.link) }

  private let entries: ByteRegion
  private let fileClass: ELFFile.FileClass
  private let order: ByteOrder
  private let hasAddends: Bool
  private let entrySize: Int

  init(_ section: Section, of file: ELFFile) throws(ELFError) {
    let hasAddends = section.type == .relocationsWithAddends
    let entrySize = (file.fileClass == .elf64 ? 8 : 4) * (hasAddends ? 3 : 2)
    guard section.entrySize == entrySize else {
      throw .wrongEntrySize(part: "relocations '\(section.name)'", size: section.entrySize, expected: entrySize)
    }
    self.section = section
    self.hasAddends = hasAddends
    self.entrySize = entrySize
    self.fileClass = file.fileClass
    self.order = file.byteOrder
    self.entries = try file.contents(of: section)
  }

  /// The first index.
  public var startIndex: Int { 0 }
  /// One behind the last index.
  public var endIndex: Int { entries.count / entrySize }

  /// The relocation of that index; one outside of the table changes nothing (all zero).
  public subscript(position: Int) -> Relocation {
    relocation(at: position) ?? Relocation(offset: 0, type: 0, symbolIndex: 0, addend: nil)
  }

  private func relocation(at index: Int) -> Relocation? {
    guard index >= 0, index < count else { return nil }
    var fields = FieldReader(entries, at: index * entrySize, fileClass: fileClass, order: order)
    guard let offset = try? fields.nextWord(), let info = try? fields.nextWord() else { return nil }
    var addend: Int64?
    if hasAddends {
      guard let value = try? fields.nextWord() else { return nil }
      addend = fileClass == .elf64 ? Int64(bitPattern: value) : Int64(Int32(truncatingIfNeeded: value))
    }
    return fileClass == .elf64
      ? Relocation(
        offset: offset, type: UInt32(truncatingIfNeeded: info), symbolIndex: Int(info >> 32), addend: addend)
      : Relocation(offset: offset, type: UInt32(info & 0xff), symbolIndex: Int(info >> 8), addend: addend)
  }
}

extension ELFFile {
  /// The relocations that a section of type `SHT_REL` or `SHT_RELA` holds.
  ///
  /// 64-bit little-endian MIPS, which packs the fields in another order, is not decoded rightly.
  ///
  /// - Throws: what is wrong with the table.
  public func relocations(in section: Section) throws(ELFError) -> RelocationTable {
    try RelocationTable(section, of: self)
  }

  /// All relocation sections.
  ///
  /// - Throws: what is wrong with the first table that cannot be read.
  public func relocationTables() throws(ELFError) -> [RelocationTable] {
    var tables: [RelocationTable] = []
    for section in sections where section.type == .relocations || section.type == .relocationsWithAddends {
      tables.append(try RelocationTable(section, of: self))
    }
    return tables
  }
}
