/// Makes a 64-bit relocatable object file (`ET_REL`) out of sections, symbols and relocations.
///
///     var builder = ObjectFileBuilder(machine: .bpf)
///     let text = builder.addSection(".text", flags: [.allocated, .executable], alignment: 8, contents: code)
///     let main = builder.addSymbol("main", .function, .global, place: .section(text), size: code.count)
///     builder.addRelocation(of: text, at: 8, type: 10, symbol: main)
///     let bytes = builder.build()
///
/// Layout: the "System V Application Binary Interface", chapters 4 and 5 (Object Files).
public struct ObjectFileBuilder: Sendable {
  /// A symbol that was added; its place in the table is settled at the end, for local ones come first there.
  public struct SymbolReference: Hashable, Sendable {
    fileprivate var index: Int
  }

  private struct NewSection {
    var name: String
    var type: SectionType
    var flags: SectionFlags
    var alignment: Int
    var contents: [UInt8]
    /// Bytes in memory, of which a section without contents has none in the file.
    var size: Int
    var link = 0
    var info = 0
    var entrySize = 0
  }

  private struct NewSymbol {
    var name: String
    var type: SymbolType
    var binding: SymbolBinding
    var visibility: UInt8
    var place: Symbol.Place
    var value: Int
    var size: Int
  }

  private struct NewRelocation {
    var section: Int
    var offset: Int
    var type: UInt32
    var symbol: SymbolReference
  }

  private let machine: ELFFile.Machine
  private let byteOrder: ByteOrder
  // The first of each is the empty one that the format demands.
  private var sections = [NewSection(name: "", type: .null, flags: [], alignment: 0, contents: [], size: 0)]
  private var symbols: [NewSymbol] = []
  private var relocations: [NewRelocation] = []

  /// An empty object for a machine.
  public init(machine: ELFFile.Machine, byteOrder: ByteOrder = .host) {
    self.machine = machine
    self.byteOrder = byteOrder
  }

  /// Adds a section, and answers its index.
  ///
  /// - Parameter size: of a section without contents (``SectionType/noBits``), the bytes that it takes in memory.
  public mutating func addSection(
    _ name: String, _ type: SectionType = .programBits, flags: SectionFlags = [], alignment: Int = 1,
    contents: [UInt8] = [], size: Int? = nil
  ) -> Int {
    sections.append(
      NewSection(
        name: name, type: type, flags: flags, alignment: alignment, contents: type == .noBits ? [] : contents,
        size: type == .noBits ? size ?? contents.count : contents.count))
    return sections.count - 1
  }

  /// Gives a section its contents, once they are known; an index that is no section's changes nothing.
  public mutating func setContents(of section: Int, to contents: [UInt8]) {
    guard sections.indices.contains(section) else { return }
    sections[section].contents = contents
    sections[section].size = contents.count
  }

  /// Adds a symbol.
  ///
  /// - Parameter value: in a section, the byte where it begins.
  public mutating func addSymbol(
    _ name: String, _ type: SymbolType, _ binding: SymbolBinding, visibility: UInt8 = 0, place: Symbol.Place,
    value: Int = 0, size: Int = 0
  ) -> SymbolReference {
    symbols.append(
      NewSymbol(
        name: name, type: type, binding: binding, visibility: visibility, place: place, value: value, size: size))
    return SymbolReference(index: symbols.count - 1)
  }

  /// Adds a relocation of a byte of a section; what is to be added stands at that byte (`SHT_REL`).
  public mutating func addRelocation(of section: Int, at offset: Int, type: UInt32, symbol: SymbolReference) {
    relocations.append(NewRelocation(section: section, offset: offset, type: type, symbol: symbol))
  }

  /// The file's bytes.
  public func build() -> [UInt8] {
    var sections = sections
    // Local symbols come first; index 0 is no symbol.
    let isLocal = { (symbol: NewSymbol) in symbol.binding == .local }
    let order =
      symbols.indices.filter { isLocal(symbols[$0]) } + symbols.indices.filter { !isLocal(symbols[$0]) }
    var places = [Int](repeating: 0, count: symbols.count)
    for (place, index) in order.enumerated() { places[index] = place + 1 }
    let tables = Dictionary(grouping: relocations, by: \.section).sorted { $0.key < $1.key }
    let symbolTable = sections.count + tables.count
    for (target, entries) in tables {
      var table = Bytes(byteOrder)
      for entry in entries.sorted(by: { $0.offset < $1.offset }) {
        table.append(UInt64(clamping: entry.offset))
        table.append(UInt64(clamping: places[entry.symbol.index]) << 32 | UInt64(entry.type))
      }
      sections.append(
        NewSection(
          name: ".rel" + (sections.indices.contains(target) ? sections[target].name : ""), type: .relocations,
          flags: .infoLink, alignment: 8,
          contents: table.bytes, size: table.bytes.count, link: symbolTable, info: target, entrySize: 16))
    }
    var names = StringTable()
    var table = Bytes(byteOrder)
    table.bytes = [UInt8](repeating: 0, count: 24)
    for index in order {
      let symbol = symbols[index]
      table.append(names.offset(of: symbol.name))
      table.append(symbol.binding.rawValue << 4 | symbol.type.rawValue & 0xf)
      table.append(symbol.visibility)
      table.append(sectionIndex(symbol.place))
      table.append(UInt64(clamping: symbol.value))
      table.append(UInt64(clamping: symbol.size))
    }
    sections.append(
      NewSection(
        name: ".symtab", type: .symbolTable, flags: [], alignment: 8, contents: table.bytes, size: table.bytes.count,
        link: symbolTable + 1, info: symbols.count(where: isLocal) + 1, entrySize: 24))
    let sectionNames = sections.map { names.offset(of: $0.name) } + [names.offset(of: ".strtab")]
    sections.append(
      NewSection(
        name: ".strtab", type: .stringTable, flags: [], alignment: 1, contents: names.bytes, size: names.bytes.count))
    return encode(sections, sectionNames)
  }

  private func sectionIndex(_ place: Symbol.Place) -> UInt16 {
    switch place {
    case .undefined: 0
    case .absolute: 0xfff1
    case .common: 0xfff2
    case .section(let index): UInt16(clamping: index)
    case .reserved(let number): number
    }
  }

  /// Header, contents one behind the other, and the table of sections.
  private func encode(_ sections: [NewSection], _ names: [UInt32]) -> [UInt8] {
    var file = Bytes(byteOrder)
    file.bytes = [UInt8](repeating: 0, count: 64)
    var offsets: [Int] = []
    for section in sections {
      file.pad(to: max(section.alignment, 1))
      offsets.append(section.type == .null ? 0 : file.bytes.count)
      file.bytes += section.contents
    }
    file.pad(to: 8)
    let table = file.bytes.count
    for (section, (name, offset)) in zip(sections, zip(names, offsets)) {
      file.append(name)
      file.append(section.type.rawValue)
      file.append(section.flags.rawValue)
      file.append(UInt64(0))  // sh_addr
      file.append(UInt64(clamping: offset))
      file.append(UInt64(clamping: section.size))
      file.append(UInt32(clamping: section.link))
      file.append(UInt32(clamping: section.info))
      file.append(UInt64(clamping: section.alignment))
      file.append(UInt64(clamping: section.entrySize))
    }
    var header = Bytes(byteOrder)
    header.bytes = [0x7f, 0x45, 0x4c, 0x46, 2, byteOrder == .little ? 1 : 2, 1] + [UInt8](repeating: 0, count: 9)
    header.append(UInt16(1))  // ET_REL
    header.append(machine.rawValue)
    header.append(UInt32(1))  // e_version
    header.append(UInt64(0))  // e_entry
    header.append(UInt64(0))  // e_phoff
    header.append(UInt64(clamping: table))
    header.append(UInt32(0))  // e_flags
    for number: UInt16 in [64, 0, 0, 64, UInt16(clamping: sections.count), UInt16(clamping: sections.count - 1)] {
      header.append(number)  // e_ehsize, e_phentsize, e_phnum, e_shentsize, e_shnum, e_shstrndx
    }
    file.bytes.replaceSubrange(0..<64, with: header.bytes)
    return file.bytes
  }
}

/// Bytes that are being written.
private struct Bytes {
  var bytes: [UInt8] = []
  private let order: ByteOrder

  init(_ order: ByteOrder) { self.order = order }

  mutating func append(_ number: some FixedWidthInteger) {
    let ordered = order == .little ? number.littleEndian : number.bigEndian
    withUnsafeBytes(of: ordered) { bytes.append(contentsOf: $0) }
  }

  mutating func pad(to alignment: Int) {
    let rest = bytes.count % alignment
    if rest != 0 { bytes += [UInt8](repeating: 0, count: alignment - rest) }
  }
}

/// Names, each once, the empty one first.
private struct StringTable {
  private(set) var bytes: [UInt8] = [0]
  private var offsets: [String: UInt32] = ["": 0]

  mutating func offset(of name: String) -> UInt32 {
    if let known = offsets[name] { return known }
    let offset = UInt32(clamping: bytes.count)
    bytes += name.utf8
    bytes.append(0)
    offsets[name] = offset
    return offset
  }
}
