/// A section header: a named part of the file.
public struct Section: Hashable, Sendable {
  /// Its place in the section header table.
  public let index: Int
  /// Its name, empty when it has none.
  public internal(set) var name: String
  /// What it holds (`sh_type`).
  public let type: SectionType
  /// Its attributes (`sh_flags`).
  public let flags: SectionFlags
  /// Where it lies in memory, 0 when it is not loaded (`sh_addr`).
  public let address: UInt64
  /// Where its bytes start in the file (`sh_offset`).
  public let fileOffset: UInt64
  /// Its size in bytes (`sh_size`).
  public let size: UInt64
  /// The index of a section that belongs to it, such as a symbol table's strings (`sh_link`).
  public let link: UInt32
  /// More information, depending on the type; of a relocation section the section that it changes (`sh_info`).
  public let info: UInt32
  /// The alignment of its address; 0 and 1 mean none (`sh_addralign`).
  public let alignment: UInt64
  /// The size of an entry when it is a table, else 0 (`sh_entsize`).
  public let entrySize: UInt64

  let nameOffset: UInt32

  init(index: Int, from fields: inout FieldReader) throws(ELFError) {
    self.index = index
    name = ""
    nameOffset = try fields.next(UInt32.self)
    type = SectionType(rawValue: try fields.next(UInt32.self))
    flags = SectionFlags(rawValue: try fields.nextWord())
    address = try fields.nextWord()
    fileOffset = try fields.nextWord()
    size = try fields.nextWord()
    link = try fields.next(UInt32.self)
    info = try fields.next(UInt32.self)
    alignment = try fields.nextWord()
    entrySize = try fields.nextWord()
  }

  /// Whether the address lies in the section's memory.
  public func contains(address: UInt64) -> Bool {
    flags.contains(.allocated) && address >= self.address && address - self.address < size
  }
}

/// What a section holds, `SHT_…`.
public struct SectionType: RawRepresentable, Hashable, Sendable {
  /// The value of `sh_type`.
  public var rawValue: UInt32
  /// Any value of `sh_type`.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// `SHT_NULL`: nothing; the header is not in use.
  public static let null = Self(rawValue: 0)
  /// `SHT_PROGBITS`: whatever the program wants.
  public static let programBits = Self(rawValue: 1)
  /// `SHT_SYMTAB`: all symbols.
  public static let symbolTable = Self(rawValue: 2)
  /// `SHT_STRTAB`: names.
  public static let stringTable = Self(rawValue: 3)
  /// `SHT_RELA`: relocations with addends.
  public static let relocationsWithAddends = Self(rawValue: 4)
  /// `SHT_DYNAMIC`: what the dynamic linker needs.
  public static let dynamic = Self(rawValue: 6)
  /// `SHT_NOTE`: notes.
  public static let note = Self(rawValue: 7)
  /// `SHT_NOBITS`: zeroes that take no space in the file.
  public static let noBits = Self(rawValue: 8)
  /// `SHT_REL`: relocations whose addends stand at the place that they change.
  public static let relocations = Self(rawValue: 9)
  /// `SHT_DYNSYM`: the symbols that the dynamic linker needs.
  public static let dynamicSymbolTable = Self(rawValue: 11)
  /// `SHT_SYMTAB_SHNDX`: section indexes that do not fit in a symbol.
  public static let extendedSectionIndexes = Self(rawValue: 18)
  /// `SHT_GNU_verdef`: the versions of symbols that the file defines.
  public static let versionDefinitions = Self(rawValue: 0x6fff_fffd)
  /// `SHT_GNU_versym`: a version's number for each dynamic symbol.
  public static let symbolVersions = Self(rawValue: 0x6fff_ffff)
}

/// A section's attributes, `SHF_…`.
public struct SectionFlags: OptionSet, Hashable, Sendable {
  /// The value of `sh_flags`.
  public var rawValue: UInt64
  /// Any value of `sh_flags`.
  public init(rawValue: UInt64) { self.rawValue = rawValue }

  /// `SHF_WRITE`: writable in memory.
  public static let writable = Self(rawValue: 1)
  /// `SHF_ALLOC`: takes memory when the file is loaded.
  public static let allocated = Self(rawValue: 2)
  /// `SHF_EXECINSTR`: machine code.
  public static let executable = Self(rawValue: 4)
  /// `SHF_INFO_LINK`: `sh_info` is the index of a section, as a relocation table's is.
  public static let infoLink = Self(rawValue: 0x40)
  /// `SHF_COMPRESSED`: its bytes are compressed.
  public static let compressed = Self(rawValue: 0x800)
}
