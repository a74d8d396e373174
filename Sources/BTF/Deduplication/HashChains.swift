/// Types by a hash, each in at most one chain.
struct HashChains {
  private var heads: [UInt32]
  /// The next type of a type's chain; 0 ends it.
  private var next: [UInt32]
  private let mask: Int

  init(count: Int) {
    var buckets = 16
    while buckets < count { buckets *= 2 }
    heads = Array(repeating: 0, count: buckets)
    next = Array(repeating: 0, count: count)
    mask = buckets - 1
  }

  /// The first type of a chain, which other hashes share; 0 for none.
  func first(_ hash: UInt32) -> Int { Int(heads[Int(hash) & mask]) }

  /// The type after `id`; 0 for none.
  func next(after id: Int) -> Int { Int(next[id]) }

  mutating func insert(_ id: Int, _ hash: UInt32) {
    let bucket = Int(hash) & mask
    next[id] = heads[bucket]
    heads[bucket] = UInt32(truncatingIfNeeded: id)
  }
}
