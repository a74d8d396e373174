/// Finds a graph's own types by name.
///
/// A chained hash table in two arrays, made in one pass and without a single `String`: `heads` holds the first type of
/// each bucket, `next` the one after each type, both as one more than the type's place among the own types, so that
/// 0 ends a chain. Input with many equal names costs time only when such a name is looked up.
final class NameIndex: Sendable {
  private let heads: [UInt32]
  private let next: [UInt32]
  private let mask: UInt32

  init(of graph: TypeGraph) {
    let count = graph.recordOffsets.count
    var bucketCount = 16
    while bucketCount < count { bucketCount *= 2 }
    let mask = UInt32(truncatingIfNeeded: bucketCount - 1)
    var heads = [UInt32](repeating: 0, count: bucketCount)
    next = [UInt32](unsafeUninitializedCapacity: count) { next, initialized in
      heads.withUnsafeMutableBufferPointer { heads in
        graph.recordOffsets.withUnsafeBufferPointer { offsets in
          // From the last type to the first, so that a chain begins with the lowest id.
          for place in stride(from: count - 1, through: 0, by: -1) {
            let nameOffset = graph.bytes.word(at: graph.typesStart + Int(offsets[place]))
            guard nameOffset != 0 else {
              next[place] = 0
              continue
            }
            let bucket = Int(graph.nameHash(at: nameOffset) & mask)
            next[place] = heads[bucket]
            heads[bucket] = UInt32(truncatingIfNeeded: place + 1)
          }
        }
      }
      initialized = count
    }
    self.heads = heads
    self.mask = mask
  }

  /// Calls `body` with each type of that name, lowest id first, until it answers false.
  func forEachID(named name: UnsafeRawBufferPointer, in graph: TypeGraph, _ body: (TypeID) -> Bool) {
    guard !name.isEmpty else { return }
    var link = heads[Int(NameHash.of(name) & mask)]
    while link != 0 {
      let place = Int(link) - 1
      let id = TypeID(UInt32(truncatingIfNeeded: graph.firstID + place))
      if graph.string(at: graph.nameOffset(of: id), equals: name), !body(id) { return }
      link = next[place]
    }
  }
}

extension TypeGraph {
  func nameHash(at offset: UInt32) -> UInt32 {
    let own = Int(offset) - firstStringOffset
    if own < 0, let base { return base.nameHash(at: offset) }
    guard own >= 0, own < strings.count else { return NameHash.of(UnsafeRawBufferPointer(start: nil, count: 0)) }
    return NameHash.ofString(in: bytes, at: strings.lowerBound + own, limit: strings.upperBound)
  }

  func string(at offset: UInt32, equals name: UnsafeRawBufferPointer) -> Bool {
    let own = Int(offset) - firstStringOffset
    if own < 0, let base { return base.string(at: offset, equals: name) }
    // The zero byte that ends the string must lie within the section, too.
    guard own >= 0, own + name.count < strings.count else { return false }
    let start = strings.lowerBound + own
    for index in 0..<name.count where bytes.byte(at: start + index) != name[index] { return false }
    return bytes.byte(at: start + name.count) == 0
  }
}
