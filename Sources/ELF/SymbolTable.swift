/// The symbols of a file, decoded one by one when they are asked for.
///
/// The first entry (index 0) is reserved and always undefined; relocations count from it.
///
/// - Complexity: each access is O(1) and copies nothing.
public struct SymbolTable: RandomAccessCollection, Sendable {
  /// The section that holds the table.
  public let section: Section
  /// The names, one after the other, each ended by a NUL.
  public let strings: ByteRegion

  private let entries: ByteRegion
  private let extendedIndexes: ByteRegion?
  private let fileClass: ELFFile.FileClass
  private let order: ByteOrder
  private let entrySize: Int

  init(_ section: Section, of file: ELFFile) throws(ELFError) {
    let entrySize = file.fileClass == .elf64 ? 24 : 16
    guard section.entrySize == entrySize else {
      throw .wrongEntrySize(part: "symbol table '\(section.name)'", size: section.entrySize, expected: entrySize)
    }
    guard Int(section.link) < file.sections.count else { throw .noSuchSection(index: Int(section.link)) }
    self.section = section
    self.entrySize = entrySize
    self.fileClass = file.fileClass
    self.order = file.byteOrder
    self.entries = try file.contents(of: section)
    self.strings = try file.contents(of: file.sections[Int(section.link)])
    let indexes = file.sections.first { $0.type == .extendedSectionIndexes && Int($0.link) == section.index }
    if let indexes { self.extendedIndexes = try file.contents(of: indexes) } else { self.extendedIndexes = nil }
  }

  /// The index of the reserved first entry.
  public var startIndex: Int { 0 }
  /// One behind the last entry's index.
  public var endIndex: Int { entries.count / entrySize }

  /// The entry of that index; one outside of the table is an undefined symbol without a name.
  public subscript(position: Int) -> Symbol { symbol(at: position) ?? Self.undefined }

  /// The entry of that index, or nil when there is none: for indexes that were read from a file.
  public func symbol(at index: Int) -> Symbol? {
    guard index >= 0, index < count else { return nil }
    let base = index * entrySize
    func load<I: FixedWidthInteger>(_ offset: Int, _ type: I.Type) -> I? {
      entries.integer(at: base + offset, as: type, order: order)
    }
    let is64 = fileClass == .elf64
    guard let name = load(0, UInt32.self), let info = load(is64 ? 4 : 12, UInt8.self),
      let other = load(is64 ? 5 : 13, UInt8.self), let sectionIndex = load(is64 ? 6 : 14, UInt16.self),
      let value = is64 ? load(8, UInt64.self) : load(4, UInt32.self).map(UInt64.init),
      let size = is64 ? load(16, UInt64.self) : load(8, UInt32.self).map(UInt64.init)
    else { return nil }
    return Symbol(
      nameOffset: name, value: value, size: size, type: SymbolType(rawValue: info & 0xf),
      binding: SymbolBinding(rawValue: info >> 4), visibility: other & 3, place: place(sectionIndex, ofSymbol: index))
  }

  /// The symbol's name; empty when it has none or when its offset is not in the strings.
  public func name(of symbol: Symbol) -> String {
    strings.string(at: Int(symbol.nameOffset)) ?? ""
  }

  private func place(_ value: UInt16, ofSymbol index: Int) -> Symbol.Place {
    switch value {
    case 0: .undefined
    case 0xfff1: .absolute
    case 0xfff2: .common
    case 0xffff:
      extendedIndexes?.integer(at: index * 4, as: UInt32.self, order: order).map { .section(Int($0)) }
        ?? .reserved(value)
    case 0xff00...: .reserved(value)
    default: .section(Int(value))
    }
  }

  private static let undefined = Symbol(
    nameOffset: 0, value: 0, size: 0, type: .none, binding: .local, visibility: 0, place: .undefined)
}

extension ELFFile {
  /// All symbols (`.symtab`), or nil in a stripped file.
  ///
  /// - Throws: what is wrong with the table, when there is one that cannot be read.
  public func symbolTable() throws(ELFError) -> SymbolTable? {
    guard let section = section(ofType: .symbolTable) else { return nil }
    return try SymbolTable(section, of: self)
  }

  /// The symbols that the dynamic linker needs (`.dynsym`), or nil in a file without any.
  ///
  /// - Throws: what is wrong with the table, when there is one that cannot be read.
  public func dynamicSymbolTable() throws(ELFError) -> SymbolTable? {
    guard let section = section(ofType: .dynamicSymbolTable) else { return nil }
    return try SymbolTable(section, of: self)
  }
}
