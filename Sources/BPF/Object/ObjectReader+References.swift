internal import Bytecode
internal import ELF

extension ObjectReader {
  /// What the instructions of a section name, in the order of the instructions.
  func readReferences(
    of section: Int, _ bytes: ByteRegion
  ) throws(ObjectError) -> [(offset: Int, target: CodeReference.Target)] {
    guard let table = relocations[section] else { return [] }
    var references: [(offset: Int, target: CodeReference.Target)] = []
    references.reserveCapacity(table.count)
    for relocation in table { references.append(try reference(relocation, in: section, bytes)) }
    references.sort { $0.offset < $1.offset }
    for (one, other) in zip(references, references.dropFirst()) where one.offset == other.offset {
      throw failure(.duplicate("the relocation of the instruction"), section: section, offset: one.offset)
    }
    return references
  }

  private func reference(
    _ relocation: ELF.Relocation, in section: Int, _ bytes: ByteRegion
  ) throws(ObjectError) -> (offset: Int, target: CodeReference.Target) {
    let symbol = try symbol(of: relocation, in: section)
    let offset = Int(clamping: relocation.offset)
    guard offset % 8 == 0, let function = function(at: offset, in: section) else {
      throw failure(
        .malformed(found: "a relocation outside of functions", expected: "relocations of instructions"),
        section: section, symbol: symbol.name, offset: offset)
    }
    let instruction = try instruction(at: offset, of: bytes, section)
    let place = SectionPlace(section: section, offset: offset)
    switch relocation.type {
    case 1 where instruction.isWide:  // R_BPF_64_64
      guard offset + 16 <= function.range.upperBound else {
        throw failure(
          .malformed(found: "half a wide load", expected: "two slots in function '\(function.name)'"),
          section: section, offset: offset)
      }
      let upper = try self.instruction(at: offset + 8, of: bytes, section).immediate
      let stored = Int64(upper) << 32 | Int64(UInt32(bitPattern: instruction.immediate))
      // Compilers before LLVM 13 left the upper half open; addends are small and may be negative.
      let addend = relocation.addend ?? (upper == 0 ? Int64(instruction.immediate) : stored)
      return (offset, try loadTarget(symbol, addend, place))
    case 10 where instruction.opcode == 0x85:  // R_BPF_64_32
      let addend = relocation.addend ?? (Int64(instruction.immediate) + 1) * 8
      return (offset, try callTarget(symbol, addend, place))
    default:
      throw failure(
        .malformed(
          found: "a relocation of type \(relocation.type) of an instruction with opcode \(instruction.opcode)",
          expected: "R_BPF_64_64 (1) of a wide load or R_BPF_64_32 (10) of a call"),
        section: section, symbol: symbol.name, offset: offset)
    }
  }

  private func callTarget(
    _ symbol: ObjectSymbol, _ addend: Int64, _ place: SectionPlace
  ) throws(ObjectError) -> CodeReference.Target {
    if symbol.place == .undefined { return try external(symbol, addend, place) }
    guard let section = symbol.section, kinds[section] == .code else {
      throw failure(
        .malformed(found: "a call of what is no function", expected: "a function"), section: place.section,
        symbol: symbol.name, offset: place.offset)
    }
    let offset = try sum(symbol, addend, place)
    return .function(try functionName(at: offset, in: section, from: place, symbol: symbol.name))
  }

  private func loadTarget(
    _ symbol: ObjectSymbol, _ addend: Int64, _ place: SectionPlace
  ) throws(ObjectError) -> CodeReference.Target {
    if symbol.place == .undefined { return try external(symbol, addend, place) }
    guard let section = symbol.section else {
      throw failure(
        .unsupported("it is in no section, and only variables of data sections can be used"), section: place.section,
        symbol: symbol.name, offset: place.offset)
    }
    let offset = try sum(symbol, addend, place)
    switch kinds[section] {
    case .code:
      return .functionAddress(try functionName(at: offset, in: section, from: place, symbol: symbol.name))
    case .mapDefinitions, .legacyMaps, .structOperations:
      guard let map = mapsByPlace[SectionPlace(section: section, offset: offset)] else {
        throw failure(
          .malformed(
            found: "a reference to byte \(offset) of section '\(file.sections[section].name)'",
            expected: "a place where a map begins"),
          section: place.section, symbol: symbol.name, offset: place.offset)
      }
      return .map(map)
    case .data, .arenaData:
      guard let map = dataMaps[section] else { break }
      return .mapValue(map: map, offset: offset)
    case .license, .version, .other: break
    }
    throw failure(
      .unsupported("section '\(file.sections[section].name)' cannot be used by programs"), section: place.section,
      symbol: symbol.name, offset: place.offset)
  }

  private func external(
    _ symbol: ObjectSymbol, _ addend: Int64, _ place: SectionPlace
  ) throws(ObjectError) -> CodeReference.Target {
    guard addend == 0, !symbol.name.isEmpty else {
      throw failure(
        .unsupported("\(addend) bytes behind something that is not in this object"), section: place.section,
        symbol: symbol.name, offset: place.offset)
    }
    return .external(symbol.name)
  }

  /// The byte of the symbol's section that is meant.
  func sum(_ symbol: ObjectSymbol, _ addend: Int64, _ place: SectionPlace) throws(ObjectError) -> Int {
    guard let section = symbol.section, let addend = Int32(exactly: addend),
      (0...Int(clamping: file.sections[section].size)).contains(symbol.value + Int(addend))
    else {
      throw failure(
        .malformed(found: "a reference to \(addend) bytes behind the symbol", expected: "a byte of its section"),
        section: place.section, symbol: symbol.name, offset: place.offset)
    }
    return symbol.value + Int(addend)
  }

  /// The function or map whose address a relocation writes into data, such as the first elements of a map.
  func addressed(by relocation: ELF.Relocation, in section: Int, _ bytes: ByteRegion) throws(ObjectError) -> Addressed {
    let symbol = try symbol(of: relocation, in: section)
    let place = SectionPlace(section: section, offset: Int(clamping: relocation.offset))
    // R_BPF_64_ABS64, and R_BPF_64_64 of compilers before LLVM 13.
    guard relocation.type == 1 || relocation.type == 2,
      let stored = bytes.integer(at: place.offset, as: Int64.self, order: file.byteOrder)
    else {
      throw failure(
        .malformed(found: "a relocation of type \(relocation.type)", expected: "R_BPF_64_ABS64 (2) within the section"),
        section: section, symbol: symbol.name, offset: place.offset)
    }
    guard let target = symbol.section else {
      throw failure(
        .unsupported("it is not defined in this object, and only what is can be an element"), section: section,
        symbol: symbol.name, offset: place.offset)
    }
    let offset = try sum(symbol, relocation.addend ?? stored, place)
    if kinds[target] == .code {
      return .function(try functionName(at: offset, in: target, from: place, symbol: symbol.name))
    }
    if let map = mapsByPlace[SectionPlace(section: target, offset: offset)] { return .map(map) }
    throw failure(
      .malformed(found: "the address of what is no map and no function", expected: "one of these"), section: section,
      symbol: symbol.name, offset: place.offset)
  }

  /// What has an address that data may hold.
  enum Addressed {
    case function(String)
    case map(String)
  }
}
