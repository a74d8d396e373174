public import ELF

/// The functions of one file, ready to be found by address.
///
/// Holds 16 bytes for each stretch of code and the names once; nothing of the file itself, so that the file may go away.
/// Where functions overlap, the innermost one wins: an address behind an inner function's end belongs to the outer one.
public struct FunctionIndex: Sendable {
  /// A stretch that belongs to one function, up to the start of the next stretch.
  private struct Stretch {
    var start: UInt64
    /// Where the function's name starts in `names`; `noFunction` for a gap.
    var name: UInt32
    /// How far before `start` the function starts.
    var distance: UInt32
  }

  private static let noFunction = UInt32.max

  private let stretches: [Stretch]
  private let names: [UInt8]

  /// A place in a file's code.
  public struct Location: Hashable, Sendable {
    /// The function's name as the file has it, so mangled.
    public let name: String
    /// The distance from the function's start in bytes.
    public let offset: UInt64
  }

  /// Whether no function is known.
  public var isEmpty: Bool { stretches.isEmpty }

  /// Reads the functions from the symbol tables of a file and, if there is one, of its debug file.
  ///
  /// Tables that cannot be read are left out. Of several names for one address the best is kept: one with a size,
  /// then the one with the fewest leading underscores, then global before weak before local, then the first.
  public init(of file: ELFFile, debugFile: ELFFile? = nil) {
    var collector = FunctionCollector()
    if let debugFile, let table = try? debugFile.symbolTable() {
      collector.add(table, of: debugFile)
    } else if let table = try? file.symbolTable() {
      collector.add(table, of: file)
    }
    if let table = try? file.dynamicSymbolTable() { collector.add(table, of: file) }
    self.init(collector)
  }

  init(_ collector: FunctionCollector) {
    var names: [UInt8] = []
    var stretches: [Stretch] = []
    /// The functions around the current place, the innermost last.
    var open: [(end: UInt64, start: UInt64, name: UInt32)] = []

    func append(_ start: UInt64, _ function: (start: UInt64, name: UInt32)?) {
      let distance = function.flatMap { UInt32(exactly: start - $0.start) }
      let name = distance == nil ? Self.noFunction : function?.name ?? Self.noFunction
      let stretch = Stretch(start: start, name: name, distance: distance ?? 0)
      if stretches.last?.start == start { stretches[stretches.count - 1] = stretch } else { stretches.append(stretch) }
    }
    /// Leaves the functions that end at or before `address`.
    func close(upTo address: UInt64) {
      while let innermost = open.last, innermost.end <= address {
        while let function = open.last, function.end <= innermost.end { open.removeLast() }
        append(innermost.end, open.last.map { ($0.start, $0.name) })
      }
    }

    let functions = collector.sortedFunctions()
    for (index, function) in functions.enumerated() {
      guard let nameOffset = UInt32(exactly: names.count), nameOffset < Self.noFunction else { break }
      close(upTo: function.address)
      var end = function.end
      if function.size == 0 {
        if index + 1 < functions.count { end = min(end, functions[index + 1].address) }
        if let outer = open.last { end = min(end, outer.end) }
      }
      guard end > function.address else { continue }
      collector.appendName(of: function, to: &names)
      append(function.address, (function.address, nameOffset))
      open.append((end, function.address, nameOffset))
    }
    close(upTo: .max)
    self.stretches = stretches
    self.names = names
  }

  /// The function in which an address of the file lies, or nil when none is known there.
  ///
  /// - Parameter address: an address as the file itself counts, not as it is mapped.
  /// - Complexity: O(log *n*)
  public func location(of address: UInt64) -> Location? {
    var low = 0
    var high = stretches.count
    while low < high {
      let middle = (low + high) / 2
      if stretches[middle].start <= address { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    let stretch = stretches[low - 1]
    guard stretch.name != Self.noFunction else { return nil }
    let start = Int(stretch.name)
    let end = names[start...].firstIndex(of: 0) ?? names.endIndex
    return Location(
      name: String(decoding: names[start..<end], as: UTF8.self),
      offset: UInt64(stretch.distance) + (address - stretch.start))
  }
}
