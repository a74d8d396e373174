import ELF

/// Gathers the functions of symbol tables and keeps the best name for each address.
struct FunctionCollector {
  struct Function {
    var address: UInt64
    var size: UInt64
    /// One byte behind the function; for one without a size, behind its section.
    var end: UInt64
    var table: Int
    var nameOffset: Int
    /// Smaller is better.
    var rank: Int
  }

  var functions: [Function] = []
  /// The strings of each table.
  var strings: [ByteRegion] = []

  mutating func add(_ table: SymbolTable, of file: ELFFile) {
    let codeSections = file.sections.map { $0.flags.contains(.executable) }
    let sectionEnds = file.sections.map { section in
      let (end, overflow) = section.address.addingReportingOverflow(section.size)
      return overflow ? UInt64.max : end
    }
    let number = strings.count
    strings.append(table.strings)
    for index in table.indices {
      let symbol = table[index]
      guard case .section(let section) = symbol.place, section < codeSections.count else { continue }
      switch symbol.type {
      case .function, .indirectFunction: break
      // Labels of assembly code, such as `_start`. Arm and RISC-V also mark kinds of code by names that start with `$`.
      case .none where codeSections[section] && firstByte(symbol.nameOffset, in: number) != UInt8(ascii: "$"): break
      default: continue
      }
      guard firstByte(symbol.nameOffset, in: number) != nil else { continue }
      let (end, overflow) = symbol.value.addingReportingOverflow(symbol.size)
      functions.append(
        Function(
          address: symbol.value, size: symbol.size,
          end: overflow ? .max : symbol.size == 0 ? sectionEnds[section] : end, table: number,
          nameOffset: Int(symbol.nameOffset), rank: rank(of: symbol, in: number)))
    }
  }

  /// The functions by address, one for each.
  func sortedFunctions() -> [Function] {
    let sorted = functions.sorted {
      if $0.address != $1.address { return $0.address < $1.address }
      if $0.rank != $1.rank { return $0.rank < $1.rank }
      return ($0.table, $0.nameOffset) < ($1.table, $1.nameOffset)
    }
    var best: [Function] = []
    best.reserveCapacity(sorted.count)
    for function in sorted where best.last?.address != function.address { best.append(function) }
    return best
  }

  func appendName(of function: Function, to names: inout [UInt8]) {
    strings[function.table].cString(at: function.nameOffset)?.withUnsafeBytes { names.append(contentsOf: $0) }
    names.append(0)
  }

  /// The first byte of a name, or nil when there is no name.
  private func firstByte(_ offset: UInt32, in table: Int) -> UInt8? {
    let byte = strings[table].integer(at: Int(offset), as: UInt8.self, order: .host)
    return byte == 0 ? nil : byte
  }

  private func rank(of symbol: Symbol, in table: Int) -> Int {
    var underscores = 0
    while underscores < 7,
      strings[table].integer(at: Int(symbol.nameOffset) + underscores, as: UInt8.self, order: .host)
        == UInt8(ascii: "_")
    {
      underscores += 1
    }
    let binding =
      switch symbol.binding {
      case .global, .unique: 0
      case .weak: 1
      default: 2
      }
    return (symbol.size == 0 ? 64 : 0) + underscores * 4 + binding
  }
}
