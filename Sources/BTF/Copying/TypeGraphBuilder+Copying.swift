extension TypeGraphBuilder {
  /// Adds all of a graph's own types, in their order.
  ///
  /// What has the same content as a type that is there already stays a type of its own: ``TypeGraph/deduplicated()``
  /// makes one of them.
  ///
  /// - Parameter graph: a graph without a base, or with the base that this builder was made with.
  /// - Returns: how to get from ids of `graph` to ids of what is being built.
  /// - Throws: for a graph of more names or types than a graph may have, and for one with another base.
  @discardableResult
  public mutating func append(_ graph: TypeGraph) throws(BTFError) -> TypeIDMap {
    guard graph.base === base || graph.base == nil else { throw BTFError(.mismatchedBase) }
    var map = TypeIDMap()
    var next = Int(nextID.rawValue)
    for id in graph.ownIDs {
      map[id] = TypeID(UInt32(truncatingIfNeeded: next))
      next += 1
    }
    guard next < Int(UInt32.max) else { throw BTFError(.tooManyTypes) }
    try append(graph.ownIDs, of: graph, map)
    return map
  }

  /// Adds some of a graph's types, with all that they refer to, in the order of their ids.
  ///
  /// - Returns: how to get from ids of `graph` to ids of what is being built.
  /// - Throws: for ids that are not there, here or in a type's record.
  @discardableResult
  public mutating func append(_ ids: some Sequence<TypeID>, of graph: TypeGraph) throws(BTFError) -> TypeIDMap {
    var wanted: Set<TypeID> = []
    var pending = Array(ids)
    while let id = pending.popLast() {
      if id == .void || isInBase(id, of: graph) || !wanted.insert(id).inserted { continue }
      try graph.existingRecord(id).forEachReference { pending.append($0) }
    }
    var map = TypeIDMap()
    let ordered = wanted.sorted()
    for (place, id) in ordered.enumerated() {
      map[id] = TypeID(nextID.rawValue + UInt32(truncatingIfNeeded: place))
    }
    try append(ordered, of: graph, map)
    return map
  }

  /// Whether a type is in the base of both.
  private func isInBase(_ id: TypeID, of graph: TypeGraph) -> Bool {
    guard let base, graph.base === base || graph === base else { return false }
    return Int(id.rawValue) < base.count
  }

  /// Adds the records of types that have got their new ids already.
  mutating func append(
    _ ids: some Sequence<TypeID>, of graph: TypeGraph, _ map: TypeIDMap
  ) throws(BTFError) {
    // Places of names among the graph's strings, and here; 0 for those that were not asked for.
    var names = [UInt32](repeating: 0, count: graph.firstStringOffset + graph.strings.count)
    var words: [UInt32] = []
    for id in ids {
      let record = try graph.existingRecord(id)
      words.removeAll(keepingCapacity: true)
      for index in 0..<record.wordCount {
        let word = record.rawWord(index)
        if RecordShape.isName(index, in: record.kind) {
          words.append(try name(at: word, of: graph, &names))
        } else if RecordShape.isType(index, in: record.kind) {
          words.append((map[TypeID(word)] ?? TypeID(word)).rawValue)
        } else {
          words.append(word)
        }
      }
      try appendRecord(words)
    }
  }

  private mutating func name(at place: UInt32, of graph: TypeGraph, _ known: inout [UInt32]) throws(BTFError) -> UInt32
  {
    guard Int(place) < known.count else { throw BTFError(.nameOutOfBounds(.void, nameOffset: place)) }
    if known[Int(place)] == 0 { known[Int(place)] = try offset(of: graph.string(at: place)) }
    return known[Int(place)]
  }
}
