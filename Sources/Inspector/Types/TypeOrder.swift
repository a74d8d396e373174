internal import BTF

/// The order in which types are written as C: by what kind of thing they are in the end, then by name.
///
/// So the text changes little when types come and go: enums, then integers, then structs, each by name, and each type
/// behind what it rests on. bpftool has this order since 7.5.
struct TypeOrder {
  private struct Key {
    /// The rank and the first seven bytes of the name, which tell most types apart.
    var beginning: UInt64
    /// The name that the type goes by, and its own; the graph keeps the bytes.
    var name: UnsafeRawBufferPointer
    var ownName: UnsafeRawBufferPointer
    var id: TypeID
  }

  /// The ids of a graph's types in that order; without functions, variables, their tags and sections, which are no
  /// types in C.
  static func sorted(_ graph: TypeGraph) -> [TypeID] {
    var keys: [Key] = []
    keys.reserveCapacity(graph.ids.count)
    for id in graph.ownIDs {
      switch graph.kind(of: id) {
      case .function, .variable, .dataSection, .declarationTag: continue
      default: break
      }
      let name = name(of: id, in: graph)
      var beginning = UInt64(rank(of: id, in: graph)) << 56
      for (index, byte) in name.prefix(7).enumerated() { beginning |= UInt64(byte) << UInt64(48 - index * 8) }
      keys.append(Key(beginning: beginning, name: name, ownName: graph.nameBytes(of: id), id: id))
    }
    keys.sort { one, other in
      if one.beginning != other.beginning { return one.beginning < other.beginning }
      if let isLess = precedes(one.name, other.name) { return isLess }
      if let isLess = precedes(one.ownName, other.ownName) { return isLess }
      return one.id.rawValue < other.id.rawValue
    }
    return withExtendedLifetime(graph) { keys.map(\.id) }
  }

  /// Whether a name comes before another; nil for equal ones.
  private static func precedes(_ one: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer) -> Bool? {
    // Names of one place in the strings are one name.
    if one.baseAddress == other.baseAddress { return one.count == other.count ? nil : one.count < other.count }
    for index in 0..<min(one.count, other.count) where one[index] != other[index] { return one[index] < other[index] }
    return one.count == other.count ? nil : one.count < other.count
  }

  /// Chains of references longer than this come from no compiler.
  private static let depthLimit = 64
  private static let lastRank = 10

  private static func rank(of id: TypeID, in graph: TypeGraph) -> Int {
    var current = id
    var isNamed = false
    for _ in 0...depthLimit {
      isNamed = isNamed || !graph.nameBytes(of: current).isEmpty
      switch graph.kind(of: current) {
      case .enumeration, .enumeration64: return isNamed ? 1 : 0
      case .integer, .float: return 2
      case .structure, .union: return isNamed ? 3 : lastRank
      case .functionPrototype: return isNamed ? 4 : lastRank
      default:
        guard isNamed, let target = graph.referredType(of: current) else { return lastRank }
        current = target
      }
    }
    return lastRank
  }

  private static func name(of id: TypeID, in graph: TypeGraph) -> UnsafeRawBufferPointer {
    var current = id
    for _ in 0..<depthLimit {
      guard let target = graph.referredType(of: current) else { break }
      current = target
    }
    let own = graph.nameBytes(of: current)
    // An enum without a name goes by its first value's.
    if own.isEmpty, current == id, let first = graph.firstEnumeratorNameBytes(of: id) { return first }
    return own
  }
}
