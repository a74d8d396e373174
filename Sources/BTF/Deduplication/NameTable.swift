/// The names of a graph, each once, by the place that it gets in a new string section.
struct NameTable {
  /// The new string section.
  private(set) var bytes: [UInt8] = [0]
  private let graph: TypeGraph
  /// Where own strings begin in the new numbering; those of a base keep their places.
  private let firstOffset: Int
  /// The new place of each old one that was asked for; 0 for the others.
  private var known: [UInt32]
  private var heads: [UInt32] = Array(repeating: 0, count: 1 << 10)
  private var entries: [Entry] = []

  private struct Entry {
    /// Where the name stands in the old strings.
    var source: UInt32
    var place: UInt32
    var hash: UInt32
    /// One more than the index of the next entry of the chain; 0 ends it.
    var next: UInt32
  }

  init(of graph: TypeGraph) {
    self.graph = graph
    // The strings of a base come first, and keep their places.
    firstOffset = graph.firstStringOffset
    if graph.base != nil { bytes = [] }
    known = Array(repeating: 0, count: graph.firstStringOffset + graph.strings.count)
  }

  /// The new place of the name at an old one.
  mutating func place(of source: UInt32) throws(BTFError) -> UInt32 {
    if source == 0 { return 0 }
    // Places in members and values are not checked when a graph is made.
    guard Int(source) < known.count else { throw BTFError(.nameOutOfBounds(.void, nameOffset: source)) }
    if known[Int(source)] != 0 { return known[Int(source)] }
    let hash = graph.nameHash(at: source)
    let name = graph.stringBytes(at: source)
    if name.isEmpty { return 0 }
    var link = heads[Int(hash) & (heads.count - 1)]
    while link != 0 {
      let entry = entries[Int(link) - 1]
      if entry.hash == hash, graph.string(at: entry.source, equals: name) {
        known[Int(source)] = entry.place
        return entry.place
      }
      link = entry.next
    }
    let place: UInt32
    if Int(source) < firstOffset {
      place = source
    } else {
      place = UInt32(truncatingIfNeeded: firstOffset + bytes.count)
      bytes.append(contentsOf: name)
      bytes.append(0)
    }
    known[Int(source)] = place
    insert(Entry(source: source, place: place, hash: hash, next: 0))
    return place
  }

  private mutating func insert(_ entry: Entry) {
    entries.append(entry)
    if entries.count > heads.count {
      heads = Array(repeating: 0, count: heads.count * 4)
      for index in entries.indices { link(index) }
    } else {
      link(entries.count - 1)
    }
  }

  private mutating func link(_ index: Int) {
    let bucket = Int(entries[index].hash) & (heads.count - 1)
    entries[index].next = heads[bucket]
    heads[bucket] = UInt32(truncatingIfNeeded: index + 1)
  }
}
