/// How often each name was given away, told apart by their bytes: a graph may hold a name at several places.
struct NameUses {
  private let graph: TypeGraph
  /// A hash table without chains; a slot without uses is free.
  private var slots: [Slot] = Array(repeating: Slot(), count: 1 << 12)
  private var count = 0

  private struct Slot {
    var nameOffset: UInt32 = 0
    var hash: UInt32 = 0
    var uses: UInt32 = 0
  }

  init(in graph: TypeGraph) { self.graph = graph }

  /// Gives a name away once more, and tells how often that has been: 1 for the first time.
  mutating func use(_ nameOffset: UInt32) -> UInt32 {
    let hash = graph.nameHash(at: nameOffset)
    let mask = slots.count - 1
    var index = Int(hash) & mask
    while slots[index].uses > 0 {
      if slots[index].hash == hash,
        slots[index].nameOffset == nameOffset
          || graph.string(at: slots[index].nameOffset, equals: graph.stringBytes(at: nameOffset))
      {
        // Each use is of another type or value, of which there are fewer than 2^32.
        slots[index].uses &+= 1
        return slots[index].uses
      }
      index = (index + 1) & mask
    }
    slots[index] = Slot(nameOffset: nameOffset, hash: hash, uses: 1)
    count += 1
    if count * 2 > slots.count { grow() }
    return 1
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(), count: old.count * 4)
    let mask = slots.count - 1
    for slot in old where slot.uses > 0 {
      var index = Int(slot.hash) & mask
      while slots[index].uses > 0 { index = (index + 1) & mask }
      slots[index] = slot
    }
  }
}
