import BTF
internal import Diagnostics
import Symbols

/// The kernel's functions that can be traced, in order of name; compact, as there are some 60 000.
struct KernelFunctionList: Sendable {
  private struct Entry {
    /// The name's first eight bytes as a number, so that most comparisons need no look at the names.
    var key: UInt64
    var start: UInt32
    var length: UInt16
    var module: UInt16
  }

  /// The names, one after the other.
  private var names: [UInt8] = []
  private var entries: [Entry] = []
  /// The modules' names; number 0 is the kernel itself.
  private var modules = [""]

  /// The number of functions.
  var count: Int { entries.count }

  /// Reads the lines `NAME` and `NAME [MODULE]` of `available_filter_functions`.
  init(parsingFilterFunctions text: [UInt8]) {
    var numbers: [ArraySlice<UInt8>: Int] = [:]
    for line in text.split(separator: UInt8(ascii: "\n")) {
      let name = line.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
      var module = 0
      if let open = line[name.endIndex...].firstIndex(of: UInt8(ascii: "[")), line.last == UInt8(ascii: "]") {
        let key = line[(open + 1)..<(line.endIndex - 1)]
        module = numbers[key] ?? modules.count
        if module == modules.count {
          numbers[key] = module
          modules.append(String(decoding: key, as: UTF8.self))
        }
      }
      name.withUnsafeBytes { append($0, module) }
    }
    sort()
  }

  /// Takes the functions that have both a symbol and a type: what can be known without tracefs.
  init(symbols: KernelSymbolTable, types: TypeGraph) {
    let typed = TypedFunctionNames(types)
    modules = symbols.modules
    symbols.forEachFunction { name, module in
      guard module != 0 || typed.contains(UnsafeRawBufferPointer(name)) else { return }
      if module != 0, symbols.modules[module] == "bpf" || symbols.modules[module].hasPrefix("__builtin__") { return }
      append(UnsafeRawBufferPointer(name), module)
    }
    sort()
  }

  private mutating func append(_ name: UnsafeRawBufferPointer, _ module: Int) {
    guard let start = UInt32(exactly: names.count), let length = UInt16(exactly: name.count), length > 0,
      let module = UInt16(exactly: module), Self.isTraceable(name)
    else { return }
    var key: UInt64 = 0
    for index in 0..<8 { key = key << 8 | (index < name.count ? UInt64(name[index]) : 0) }
    names.append(contentsOf: name)
    entries.append(Entry(key: key, start: start, length: length, module: module))
  }

  /// Whether a name is that of a function that probes make sense at.
  ///
  /// Functions that went with a module's start-up code leave a placeholder. What a compiler split off from a function
  /// (`.part.0`) does not have its arguments; bpftrace leaves it out too.
  private static func isTraceable(_ name: UnsafeRawBufferPointer) -> Bool {
    if name.first == UInt8(ascii: "_"), name.starts(with: "__ftrace_invalid_address___".utf8) { return false }
    guard let dot = name.firstIndex(of: UInt8(ascii: ".")) else { return true }
    return !String(decoding: name[dot...], as: UTF8.self).contains(text: ".part.")
  }

  private mutating func sort() {
    names.withUnsafeBytes { names in
      entries.sort { one, other in
        if one.key != other.key { return one.key < other.key }
        let left = UnsafeRawBufferPointer(rebasing: names[Int(one.start)..<Int(one.start) + Int(one.length)])
        let right = UnsafeRawBufferPointer(rebasing: names[Int(other.start)..<Int(other.start) + Int(other.length)])
        for index in 0..<min(left.count, right.count) where left[index] != right[index] {
          return left[index] < right[index]
        }
        return left.count != right.count ? left.count < right.count : one.module < other.module
      }
    }
  }

  /// Whether there is a function of that name, in the given module if there is one.
  func contains(_ name: String, module: String?) -> Bool {
    var isFound = false
    forEach(matching: NamePattern(name), module: module.map { NamePattern($0) }) { _, _ in isFound = true }
    return isFound
  }

  /// Calls `body` for each function whose name fits, in order of name; of a name that occurs twice in one module once.
  ///
  /// - Parameters:
  ///   - module: nil for functions of the kernel and all modules; "vmlinux" names the kernel itself.
  ///   - types: leaves out functions that are not among the names that it gives for their module.
  func forEach(
    matching pattern: NamePattern, module: NamePattern? = nil, typedBy types: ((String?) -> TypedFunctionNames?)? = nil,
    _ body: (_ name: String, _ module: String?) -> Void
  ) {
    let wanted = modules.enumerated().map { number, name in
      module?.matches(number == 0 ? "vmlinux" : name) ?? true
    }
    var typed: [UInt16: TypedFunctionNames?] = [:]
    names.withUnsafeBytes { names in
      var last: (name: UnsafeRawBufferPointer, module: UInt16)?
      for entry in entries where wanted[Int(entry.module)] {
        let name = UnsafeRawBufferPointer(rebasing: names[Int(entry.start)..<Int(entry.start) + Int(entry.length)])
        guard pattern.matches(name) else { continue }
        if let last, last.module == entry.module, last.name.elementsEqual(name) { continue }
        last = (name, entry.module)
        let module = entry.module == 0 ? nil : modules[Int(entry.module)]
        if let types {
          if typed[entry.module] == nil { typed[entry.module] = .some(types(module)) }
          guard let known = typed[entry.module] ?? nil, known.contains(name) else { continue }
        }
        body(String(decoding: name, as: UTF8.self), module)
      }
    }
  }
}

/// The names of the functions that a BTF knows, to ask for many of them quickly.
struct TypedFunctionNames: Sendable {
  /// 64-bit hashes: that two names of a kernel share one is not to be expected.
  private var hashes: Set<UInt64>

  init(_ types: TypeGraph) {
    var hashes = Set<UInt64>(minimumCapacity: 1 << 16)
    for id in types.ownIDs where types.kind(of: id) == .function {
      hashes.insert(types.withNameBytes(of: id) { Self.hash($0) })
    }
    self.hashes = hashes
  }

  func contains(_ name: UnsafeRawBufferPointer) -> Bool { hashes.contains(Self.hash(name)) }

  /// FNV-1a.
  private static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    return hash
  }
}
