/// The kernel's symbols as /proc/kallsyms tells them, in a form that can be searched quickly.
///
/// Addresses are found by binary search, names through an index that is built when the first one is asked for.
/// Takes about 16 bytes and its name for each symbol: 5 MB for the 120 000 symbols of a usual kernel.
///
/// Format: `ffffffff81000000 T _stext` and, for symbols of modules and BPF programs, a tab and `[module]`
/// (`s_show` in the kernel's `kernel/kallsyms.c`).
public struct KernelSymbolTable: Sendable {
  struct Entry {
    var address: UInt64
    var name: UInt32
    var module: UInt16
    var type: UInt8
  }

  /// In order of address, and among equal ones in the kernel's order.
  let entries: [Entry]
  /// The names, each ended by a NUL.
  let names: [UInt8]
  /// The names of modules; 0 is the kernel itself.
  public let modules: [String]
  /// Whether the kernel told zero instead of every address (`kernel.kptr_restrict`, or no privilege).
  public let hidesAddresses: Bool

  /// A place in the kernel: a symbol, and how far behind its start.
  public struct Location: Hashable, Sendable {
    /// The symbol's name.
    public let name: String
    /// The module that it belongs to, "bpf" for programs; nil for the kernel itself.
    public let module: String?
    /// The distance from the symbol's start in bytes.
    public let offset: UInt64
  }

  /// A symbol of the kernel.
  public struct Symbol: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// The module that it belongs to; nil for the kernel itself.
    public let module: String?
    /// Where it starts.
    public let address: UInt64
    /// Whether it is code.
    public let isFunction: Bool
  }

  /// Reads the text of /proc/kallsyms; lines of another form are left out.
  public init(parsing text: UnsafeRawBufferPointer) {
    var entries: [Entry] = []
    entries.reserveCapacity(text.count / 44)
    var names: [UInt8] = []
    names.reserveCapacity(text.count / 3 * 2)
    var modules = [""]
    var moduleNumbers: [String: UInt16] = [:]
    var isSorted = true
    var hasAddress = false
    var lines = LineReader(text)
    while let line = lines.next() {
      guard let line = KallsymsLine(line), let offset = UInt32(exactly: names.count) else { continue }
      var module: UInt16 = 0
      if let bytes = line.module {
        let name = String(decoding: bytes, as: UTF8.self)
        if let known = moduleNumbers[name] {
          module = known
        } else if let number = UInt16(exactly: modules.count) {
          module = number
          moduleNumbers[name] = number
          modules.append(name)
        }
      }
      if let last = entries.last, last.address > line.address { isSorted = false }
      if line.address != 0 { hasAddress = true }
      entries.append(Entry(address: line.address, name: offset, module: module, type: line.type))
      names.append(contentsOf: line.name)
      names.append(0)
    }
    if !isSorted {
      entries.sort { $0.address != $1.address ? $0.address < $1.address : $0.name < $1.name }
    }
    self.entries = entries
    self.names = names
    self.modules = modules
    hidesAddresses = !hasAddress && !entries.isEmpty
  }

  /// The number of symbols.
  public var count: Int { entries.count }

  /// The symbol in which the address lies, or nil when it lies before every symbol.
  ///
  /// kallsyms tells no sizes: a symbol goes on to the next one. Of several symbols at one address the first is given,
  /// as the kernel does in its own stacks (`get_symbol_pos`). Absolute symbols, which are no addresses, do not count.
  ///
  /// - Complexity: O(log *n*)
  public func location(of address: UInt64) -> Location? {
    guard !hidesAddresses else { return nil }
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].address <= address { low = middle + 1 } else { high = middle }
    }
    var index = low - 1
    while index >= 0, entries[index].isAbsolute { index -= 1 }
    guard index >= 0 else { return nil }
    let start = entries[index].address
    while index > 0, entries[index - 1].address == start, !entries[index - 1].isAbsolute { index -= 1 }
    return Location(name: name(of: entries[index]), module: module(of: entries[index]), offset: address - start)
  }

  /// The symbols of that name, in order of address; static functions of several files can share one.
  ///
  /// - Complexity: O(*n*), about half a millisecond; ask ``KernelSymbols`` when it happens often.
  public func symbols(named name: String) -> [Symbol] {
    let wanted = Array(name.utf8) + [0]
    return names.withUnsafeBufferPointer { names in
      entries.filter { entry in
        let start = Int(entry.name)
        guard names.count - start >= wanted.count else { return false }
        for index in wanted.indices where names[start + index] != wanted[index] { return false }
        return true
      }
    }.map(symbol(of:))
  }

  /// Calls `body` with the name (as UTF-8) and the module's number in ``modules`` of every function, by address.
  ///
  /// Nothing is copied: a listing can look at all names and make strings of the few that it wants.
  public func forEachFunction(_ body: (UnsafeBufferPointer<UInt8>, Int) -> Void) {
    names.withUnsafeBufferPointer { names in
      for entry in entries where entry.isFunction {
        let start = Int(entry.name)
        var end = start
        while names[end] != 0 { end += 1 }
        body(UnsafeBufferPointer(rebasing: names[start..<end]), Int(entry.module))
      }
    }
  }

  private func symbol(of entry: Entry) -> Symbol {
    Symbol(name: name(of: entry), module: module(of: entry), address: entry.address, isFunction: entry.isFunction)
  }

  private func name(of entry: Entry) -> String {
    let start = Int(entry.name)
    let end = names[start...].firstIndex(of: 0) ?? names.endIndex
    return String(decoding: names[start..<end], as: UTF8.self)
  }

  private func module(of entry: Entry) -> String? {
    entry.module == 0 ? nil : modules[Int(entry.module)]
  }
}

extension KernelSymbolTable.Entry {
  var isFunction: Bool {
    switch type | 0x20 {
    case UInt8(ascii: "t"), UInt8(ascii: "w"): true
    default: false
    }
  }

  var isAbsolute: Bool { type | 0x20 == UInt8(ascii: "a") }
}
