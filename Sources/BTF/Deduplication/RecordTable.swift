/// All records of a graph as words of this machine, equal names being equal numbers.
struct RecordTable {
  private(set) var words: [UInt32] = [0, 0, 0]
  private var starts: [UInt32] = [0]
  private(set) var kinds: [BTFKind] = [.void]
  private(set) var names: NameTable

  init(of graph: TypeGraph) throws(BTFError) {
    names = NameTable(of: graph)
    starts.reserveCapacity(graph.count + 1)
    kinds.reserveCapacity(graph.count)
    words.reserveCapacity((graph.bytes.count + (graph.base?.bytes.count ?? 0)) / 4)
    let limit = UInt32(truncatingIfNeeded: graph.count)
    for id in graph.ids {
      let record = try graph.existingRecord(id)
      let kind = record.kind
      starts.append(UInt32(truncatingIfNeeded: words.count))
      kinds.append(kind)
      for index in 0..<record.wordCount {
        let word = record.rawWord(index)
        if RecordShape.isType(index, in: kind) {
          if word >= limit { throw BTFError(.unknownType(TypeID(word))) }
          words.append(word)
        } else {
          words.append(RecordShape.isName(index, in: kind) ? try names.place(of: word) : word)
        }
      }
    }
    starts.append(UInt32(truncatingIfNeeded: words.count))
  }

  var count: Int { kinds.count }

  /// The places of a record's words.
  @inline(__always) func range(of id: Int) -> Range<Int> { Int(starts[id])..<Int(starts[id + 1]) }

  /// Whether two records are equal but for the types that they refer to.
  func areAlike(_ one: Int, _ other: Int) -> Bool {
    let kind = kinds[one]
    let first = range(of: one)
    let second = range(of: other)
    guard kind == kinds[other], first.count == second.count else { return false }
    for index in 0..<first.count
    where words[first.lowerBound + index] != words[second.lowerBound + index] && !RecordShape.isType(index, in: kind) {
      return false
    }
    return true
  }

  /// A hash of what ``areAlike(_:_:)`` compares.
  func hash(of id: Int) -> UInt32 {
    var hash = Hash()
    let kind = kinds[id]
    let range = range(of: id)
    for place in range where !RecordShape.isType(place - range.lowerBound, in: kind) { hash.add(words[place]) }
    return hash.value
  }

  /// A hash of words.
  struct Hash {
    private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

    mutating func add(_ word: UInt32) {
      state = (state ^ UInt64(word)) &* 0xD6E8_FEB8_6659_FD93
      state ^= state >> 32
    }

    var value: UInt32 { UInt32(truncatingIfNeeded: state) }
  }
}
