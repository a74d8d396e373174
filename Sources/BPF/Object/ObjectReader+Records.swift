internal import BTF
internal import ELF

/// Records about instructions, by the section of the instructions and in their order; taken function by function.
struct InstructionRecords<Record: InstructionRecord> {
  private var records: [Int: [Record]] = [:]

  mutating func add(_ records: [Record], to section: Int) {
    self.records[section, default: []] += records
  }

  mutating func sort() {
    for section in records.keys { records[section]?.sort { $0.instructionOffset < $1.instructionOffset } }
  }

  /// The records of the instructions in `range`, with offsets from its start.
  func take(_ section: Int, _ range: Range<Int>) -> [Record] {
    guard let all = records[section] else { return [] }
    var low = 0
    var high = all.count
    while low < high {
      let middle = (low + high) / 2
      if all[middle].instructionOffset < range.lowerBound { low = middle + 1 } else { high = middle }
    }
    var found: [Record] = []
    while low < all.count, all[low].instructionOffset < range.upperBound {
      var record = all[low]
      record.instructionOffset -= range.lowerBound
      found.append(record)
      low += 1
    }
    return found
  }
}

/// A record about the instruction at a byte of a section.
protocol InstructionRecord {
  var instructionOffset: Int { get set }
}

extension FunctionRecord: InstructionRecord {}
extension LineRecord: InstructionRecord {}
extension CORERelocation: InstructionRecord {}

extension ObjectReader {
  /// Reads `.BTF.ext`.
  func readRecords() throws(ObjectError) -> (
    functions: InstructionRecords<FunctionRecord>, lines: InstructionRecords<LineRecord>,
    relocations: InstructionRecords<CORERelocation>
  ) {
    var functions = InstructionRecords<FunctionRecord>()
    var lines = InstructionRecords<LineRecord>()
    var relocations = InstructionRecords<CORERelocation>()
    guard let types, let section = section(named: ".BTF.ext") else { return (functions, lines, relocations) }
    let bytes = try contents(of: section)
    let records = try wrapTypes(section: section) { () throws(BTFError) in
      try bytes.withUnsafeBytes { buffer throws(BTFError) in try BTFExtension(bytes: buffer, types: types) }
    }
    var sections: [String: Int] = [:]
    for (index, kind) in kinds.enumerated() where kind == .code {
      sections.merge([file.sections[index].name: index]) { first, _ in first }
    }
    // The linker drops code that nothing uses, but not always what is said about it.
    for part in records.functions { if let section = sections[part.name] { functions.add(part.records, to: section) } }
    for part in records.lines { if let section = sections[part.name] { lines.add(part.records, to: section) } }
    for part in records.relocations {
      if let section = sections[part.name] { relocations.add(part.records, to: section) }
    }
    functions.sort()
    lines.sort()
    relocations.sort()
    return (functions, lines, relocations)
  }
}
