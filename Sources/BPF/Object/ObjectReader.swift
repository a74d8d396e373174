internal import BTF
internal import ELF

/// Reads an object file, part by part: each part uses what those before it found.
struct ObjectReader {
  /// The path, or the name that the bytes were given: for errors.
  let path: String
  let file: ELFFile
  let kinds: [SectionKind]
  /// Changes of sections, by the index of the section.
  var relocations: [Int: RelocationTable] = [:]
  var symbols: [ObjectSymbol] = []
  var types: TypeGraph?
  /// Data sections of the types by their names.
  var typedSections: [String: TypeID] = [:]
  /// What maps are called whose definition begins at a place.
  var mapsByPlace: [SectionPlace: String] = [:]
  /// The maps of `.maps`, in the order of their places.
  var definedMaps: [DefinedMap] = []
  /// What maps are called that hold the variables of a section.
  var dataMaps: [Int: String] = [:]
  /// The functions of each section of code, in their order.
  var functionsBySection: [Int: [ObjectFunction]] = [:]
  var object: ObjectSpec

  /// Names that are longer are no compiler's.
  static let nameLimit = 4096

  init(_ bytes: [UInt8], path: String) throws(ObjectError) {
    self.path = path
    do throws(ELFError) { file = try ELFFile(ByteRegion(bytes)) } catch {
      throw ObjectError(.elf(error), object: path)
    }
    guard file.type == .relocatable, file.machine == .bpf || file.machine.rawValue == 0, file.fileClass == .elf64 else {
      throw ObjectError(
        .wrongFile(
          found: "an ELF file of type \(file.type.rawValue) for machine \(file.machine.rawValue)",
          expected: "a 64-bit relocatable object (type 1) for BPF (machine 247)"), object: path)
    }
    kinds = file.sections.map { SectionKind(of: $0) }
    object = ObjectSpec(name: ObjectSpec.name(ofPath: path), byteOrder: file.byteOrder)
  }

  /// The whole object.
  static func read(_ bytes: [UInt8], path: String) throws(ObjectError) -> ObjectSpec {
    var reader = try ObjectReader(bytes, path: path)
    try reader.readSymbols()
    try reader.readRelocations()
    try reader.readTypes()
    try reader.readLicense()
    try reader.readVersion()
    try reader.readCheckSites()
    try reader.findFunctions()
    try reader.readMapDefinitions()
    try reader.readLegacyMaps()
    try reader.readDataSections()
    try reader.readArenaData()
    try reader.readExterns()
    try reader.readStructOperations()
    try reader.fillSlots()
    try reader.completeTypes()
    try reader.readFunctions()
    try reader.checkNames()
    return reader.object
  }

  func failure(
    _ reason: ObjectError.Reason, section: Int? = nil, symbol: String? = nil, offset: Int? = nil
  ) -> ObjectError {
    let name = section.flatMap { file.sections.indices.contains($0) ? file.sections[$0].name : nil }
    return ObjectError(reason, object: path, section: name, symbol: symbol, offset: offset)
  }

  /// Makes errors of the file and its types errors of the object.
  func wrap<R>(section: Int? = nil, symbol: String? = nil, _ body: () throws(ELFError) -> R) throws(ObjectError) -> R {
    do throws(ELFError) { return try body() } catch { throw failure(.elf(error), section: section, symbol: symbol) }
  }

  func wrapTypes<R>(
    section: Int? = nil, symbol: String? = nil, _ body: () throws(BTFError) -> R
  ) throws(ObjectError) -> R {
    do throws(BTFError) { return try body() } catch { throw failure(.types(error), section: section, symbol: symbol) }
  }

  /// The bytes of a section in the file.
  func contents(of section: Int) throws(ObjectError) -> ByteRegion {
    try wrap(section: section) { () throws(ELFError) in try file.contents(of: file.sections[section]) }
  }

  /// The first section of that name, where it is no relocation.
  func section(named name: String) -> Int? {
    file.sections.firstIndex { $0.name == name && $0.type == .programBits }
  }

  mutating func readSymbols() throws(ObjectError) {
    let table = try wrap { () throws(ELFError) in try file.symbolTable() }
    guard let table else { throw failure(.missing("the symbol table")) }
    symbols.reserveCapacity(table.count)
    for index in 0..<table.count {
      let symbol = table[index]
      guard let value = Int32(exactly: symbol.value), let size = Int32(exactly: symbol.size) else {
        throw failure(
          .malformed(
            found: "symbol \(index) with value \(symbol.value) and size \(symbol.size)",
            expected: "numbers below 2 GiB"), section: table.section.index)
      }
      if case .section(let section) = symbol.place, !file.sections.indices.contains(section) {
        throw failure(.elf(.noSuchSection(index: section)), section: table.section.index)
      }
      let name = try name(at: Int(symbol.nameOffset), of: table.strings, symbol: index, table.section.index)
      symbols.append(
        ObjectSymbol(
          name: name, value: Int(value), size: Int(size), type: symbol.type, binding: symbol.binding,
          isHidden: symbol.visibility == 1 || symbol.visibility == 2, place: symbol.place))
    }
  }

  private func name(
    at offset: Int, of strings: ByteRegion, symbol: Int, _ section: Int
  ) throws(ObjectError) -> String {
    if offset == 0 { return "" }
    // No more than the limit is looked at: many symbols may share one long name.
    let room = strings.count - offset
    guard room > 0, let part = strings.part(at: offset, count: min(room, Self.nameLimit)), let name = part.string(at: 0)
    else {
      throw failure(
        .malformed(
          found: "symbol \(symbol) whose name is not among the strings",
          expected: "a name of at most \(Self.nameLimit) bytes"), section: section)
    }
    return name
  }

  mutating func readRelocations() throws(ObjectError) {
    for section in file.sections where section.type == .relocations || section.type == .relocationsWithAddends {
      let target = Int(section.info)
      guard file.sections.indices.contains(target) else {
        throw failure(.elf(.noSuchSection(index: target)), section: section.index)
      }
      // Debug sections have relocations too, in which nobody here is interested.
      guard kinds[target] != .other || file.sections[target].name == ".BTF" else { continue }
      let table = try wrap { () throws(ELFError) in try file.relocations(in: section) }
      guard relocations.updateValue(table, forKey: target) == nil else {
        throw failure(.duplicate("the table of relocations"), section: target)
      }
    }
  }

  /// The symbol that a relocation names.
  func symbol(of relocation: Relocation, in section: Int) throws(ObjectError) -> ObjectSymbol {
    guard symbols.indices.contains(relocation.symbolIndex) else {
      throw failure(
        .malformed(
          found: "a relocation by symbol \(relocation.symbolIndex)", expected: "one of \(symbols.count) symbols"),
        section: section, offset: Int(clamping: relocation.offset))
    }
    return symbols[relocation.symbolIndex]
  }

  mutating func readLicense() throws(ObjectError) {
    guard let section = kinds.firstIndex(of: .license) else { return }
    let bytes = try contents(of: section)
    guard let text = bytes.string(at: 0), text.utf8.count <= 256 else {
      throw failure(
        .malformed(found: "\(bytes.count) bytes", expected: "a text that ends with a zero byte"), section: section)
    }
    object.license = text
  }

  mutating func readVersion() throws(ObjectError) {
    guard let section = kinds.firstIndex(of: .version) else { return }
    let bytes = try contents(of: section)
    guard bytes.count == 4, let version = bytes.integer(at: 0, as: UInt32.self, order: file.byteOrder) else {
      throw failure(.malformed(found: "\(bytes.count) bytes", expected: "a number of 4"), section: section)
    }
    object.kernelVersion = version
  }

  /// Refuses two maps of one name.
  func checkNames() throws(ObjectError) {
    var names: Set<String> = []
    for map in object.maps where !names.insert(map.name).inserted {
      throw failure(.duplicate("the map"), symbol: map.name)
    }
  }
}
