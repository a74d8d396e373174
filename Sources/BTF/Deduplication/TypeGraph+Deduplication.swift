extension TypeGraph {
  /// A graph with one of each equal types, and where the others went.
  public struct Deduplicated: Sendable {
    /// The bytes of the smaller graph, in this machine's byte order.
    public var bytes: [UInt8]
    /// The new id of every old one.
    public var ids: TypeIDMap
  }

  /// Makes one type of equal ones, as objects need that were compiled one by one and put together.
  ///
  /// Types are equal that have the same kind, name and layout, and refer to equal types. A forward declaration becomes
  /// the struct or union that it is used for, or the only one of its name. Variables and sections stay as they are,
  /// for equal ones are still different places in memory. Of equal types the first stays; the order is kept. With a
  /// base, own types become the base's where they are equal.
  ///
  ///     var builder = TypeGraphBuilder()
  ///     try builder.append(one)
  ///     try builder.append(other)
  ///     let merged = try TypeGraph(bytes: try builder.build()).deduplicated()
  ///
  /// It does what libbpf's `btf__dedup` does.
  ///
  /// - Throws: for ids and names that are not there, and for chains of types without an end.
  /// - Complexity: O(bytes) for graphs that compilers make.
  public func deduplicated() throws(BTFError) -> Deduplicated {
    let table = try RecordTable(of: self)
    var deduplicator = Deduplicator(table, firstOwn: firstID)
    try deduplicator.run()
    let canonical = deduplicator.canonical

    var numbers = [UInt32](repeating: 0, count: table.count)
    var next = UInt32(truncatingIfNeeded: firstID)
    for id in 0..<table.count where canonical.isCanonical(id) {
      numbers[id] = id < firstID ? UInt32(truncatingIfNeeded: id) : next
      if id >= firstID { next += 1 }
    }
    var types: [UInt32] = []
    types.reserveCapacity(table.words.count)
    for id in firstID..<max(table.count, firstID) where canonical.isCanonical(id) {
      let range = table.range(of: id)
      let kind = table.kinds[id]
      for place in range {
        let word = table.words[place]
        let isType = RecordShape.isType(place - range.lowerBound, in: kind)
        types.append(isType ? numbers[canonical.resolve(Int(word))] : word)
      }
    }
    var ids = TypeIDMap()
    for id in (1..<max(table.count, 1)).reversed() {
      ids[TypeID(UInt32(truncatingIfNeeded: id))] = TypeID(numbers[canonical.resolve(id)])
    }
    return Deduplicated(
      bytes: try BTFHeader.blob(types: types.withUnsafeBytes { Array($0) }, strings: table.names.bytes), ids: ids)
  }
}
