import Synchronization

/// Finds a graph's own enum values by name, chained as ``NameIndex`` is.
final class EnumeratorIndex: Sendable {
  private let heads: [UInt32]
  private let entries: [Entry]
  private let mask: UInt32

  private struct Entry {
    var nameOffset: UInt32
    var enumeration: TypeID
    var place: UInt32
    /// One more than the place of the next entry of the chain; 0 ends it.
    var next: UInt32
  }

  init(of graph: TypeGraph) {
    var entries: [Entry] = []
    for id in graph.ownIDs {
      guard let kind = graph.kind(of: id), kind == .enumeration || kind == .enumeration64,
        let record = graph.record(id)
      else { continue }
      let stride = kind == .enumeration64 ? 3 : 2
      for place in 0..<record.itemCount {
        let nameOffset = record.word(place * stride)
        if nameOffset == 0 { continue }
        entries.append(
          Entry(nameOffset: nameOffset, enumeration: id, place: UInt32(truncatingIfNeeded: place), next: 0))
      }
    }
    var bucketCount = 16
    while bucketCount < entries.count { bucketCount *= 2 }
    mask = UInt32(truncatingIfNeeded: bucketCount - 1)
    var heads = [UInt32](repeating: 0, count: bucketCount)
    for index in entries.indices.reversed() {
      let bucket = Int(graph.nameHash(at: entries[index].nameOffset) & mask)
      entries[index].next = heads[bucket]
      heads[bucket] = UInt32(truncatingIfNeeded: index + 1)
    }
    self.heads = heads
    self.entries = entries
  }

  func first(named name: UnsafeRawBufferPointer, in graph: TypeGraph) -> Enumerator? {
    guard !name.isEmpty else { return nil }
    var link = heads[Int(NameHash.of(name) & mask)]
    while link != 0 {
      let entry = entries[Int(link) - 1]
      if graph.string(at: entry.nameOffset, equals: name), let record = graph.record(entry.enumeration) {
        return EnumerationType(record: record).enumerators[Int(entry.place)]
      }
      link = entry.next
    }
    return nil
  }
}

extension TypeGraph {
  /// The first value of that name in any enum of the graph, the base's before its own.
  ///
  /// - Complexity: O(1), but the first call goes through all enums (2 ms for a kernel's).
  public func enumerator(named name: String) -> Enumerator? {
    if let found = base?.enumerator(named: name) { return found }
    let index = enumeratorIndex.load() ?? enumeratorIndex.storeIfNil(EnumeratorIndex(of: self))
    var name = name
    return name.withUTF8 { index.first(named: UnsafeRawBufferPointer($0), in: self) }
  }
}
