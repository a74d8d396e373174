import LinuxSystem

/// What a process has mapped for execution, as it was when it was read last, with the symbols of the mapped files.
struct ProcessMap {
  struct Entry {
    let mapping: MemoryMapping
    /// Whose code it is; nil until somebody looks.
    var object: MappedObject?
  }

  /// Where the functions of a mapping are found.
  enum MappedObject {
    /// In a file, which several processes can share.
    case file(OpenFile.Identity)
    /// In an object that only this process has.
    case own(ObjectSymbols)
    /// In code that the process made itself.
    case generated
    /// Nowhere.
    case nothing
  }

  /// In order of address.
  var entries: [Entry] = []
  /// The functions that the process's own compiler told of.
  var generatedCode: FunctionIndex?
  /// How many unknown addresses to let pass before the process is looked at again.
  private var patience = 0
  private var missesSinceReading = 0

  /// Reads the map; false when the process is gone or may not be looked at, and then the old one is kept.
  mutating func read(_ process: Int32) -> Bool {
    missesSinceReading = 0
    guard let text = try? FileSystem.text(of: "/proc/\(process)/maps"), !text.isEmpty else { return false }
    set(MemoryMapping.parse(text))
    return true
  }

  /// Takes the executable ones of these mappings for the map; what is known of those that were there stays known.
  mutating func set(_ mappings: [MemoryMapping]) {
    var known: [UInt64: Entry] = [:]
    for entry in entries { known[entry.mapping.addresses.lowerBound] = entry }
    entries = mappings.filter(\.isExecutable).map { mapping in
      if let entry = known[mapping.addresses.lowerBound], entry.mapping == mapping { return entry }
      return Entry(mapping: mapping)
    }
    entries.sort { $0.mapping.addresses.lowerBound < $1.mapping.addresses.lowerBound }
  }

  /// The number of the entry in which an address lies.
  func index(of address: UInt64) -> Int? {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].mapping.addresses.lowerBound <= address { low = middle + 1 } else { high = middle }
    }
    guard low > 0, entries[low - 1].mapping.addresses.contains(address) else { return nil }
    return low - 1
  }

  /// Whether to look at the process again because of an unknown address.
  ///
  /// A library may have been loaded or code been generated since, but some code stays unknown: each look in vain
  /// doubles the number of unknown addresses before the next.
  mutating func isWorthReadingAgain() -> Bool {
    missesSinceReading += 1
    guard missesSinceReading > patience else { return false }
    missesSinceReading = 0
    patience = min(max(1, patience * 2), 1 << 16)
    return true
  }
}
