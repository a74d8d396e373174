internal import BTF

/// The order in which types are written as C: by what kind of thing they are in the end, then by name.
///
/// So the text changes little when types come and go: enums, then integers, then structs, each by name, and each type
/// behind what it rests on. bpftool has this order since 7.5.
struct TypeOrder {
  private struct Key {
    var rank: Int
    var name: [UInt8]
    var ownName: [UInt8]
    var id: TypeID
  }

  /// All ids of a graph in that order.
  static func sorted(_ graph: TypeGraph) -> [TypeID] {
    var keys: [Key] = []
    keys.reserveCapacity(graph.ids.count)
    for id in graph.ownIDs {
      keys.append(
        Key(
          rank: rank(of: id, in: graph, hasName: false, depth: 0),
          name: name(of: id, in: graph, isReferred: false, depth: 0),
          ownName: graph.withNameBytes(of: id) { Array($0) }, id: id))
    }
    keys.sort { one, other in
      if one.rank != other.rank { return one.rank < other.rank }
      if one.name != other.name { return one.name.lexicographicallyPrecedes(other.name) }
      if one.ownName != other.ownName { return one.ownName.lexicographicallyPrecedes(other.ownName) }
      return one.id.rawValue < other.id.rawValue
    }
    return keys.map(\.id)
  }

  /// What a reference rests on; nil for other types.
  private static func target(of id: TypeID, in graph: TypeGraph) -> TypeID? {
    switch try? graph.type(id) {
    case .pointer(let target), .volatile(let target), .const(let target), .restrict(let target): target
    case .typedef(let typedef): typedef.target
    case .typeTag(let tag): tag.target
    case .declarationTag(let tag): tag.target
    case .array(let array): array.element
    default: nil
    }
  }

  /// Chains of references longer than this come from no compiler.
  private static let depthLimit = 64
  private static let lastRank = 10

  private static func rank(of id: TypeID, in graph: TypeGraph, hasName: Bool, depth: Int) -> Int {
    let isNamed = hasName || graph.withNameBytes(of: id) { !$0.isEmpty }
    switch graph.kind(of: id) {
    case .enumeration, .enumeration64: return isNamed ? 1 : 0
    case .integer, .float: return 2
    case .structure, .union: return isNamed ? 3 : lastRank
    case .functionPrototype: return isNamed ? 4 : lastRank
    default:
      guard isNamed, depth < depthLimit, let target = target(of: id, in: graph) else { return lastRank }
      return rank(of: target, in: graph, hasName: true, depth: depth + 1)
    }
  }

  private static func name(of id: TypeID, in graph: TypeGraph, isReferred: Bool, depth: Int) -> [UInt8] {
    if depth < depthLimit, let target = target(of: id, in: graph) {
      return name(of: target, in: graph, isReferred: true, depth: depth + 1)
    }
    let own = graph.withNameBytes(of: id) { Array($0) }
    // An enum without a name goes by its first value's.
    if own.isEmpty, !isReferred, case .enumeration(let type)? = try? graph.type(id), let first = type.enumerators.first
    {
      return Array(first.name.utf8)
    }
    return own
  }
}
