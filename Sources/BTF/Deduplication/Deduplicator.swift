/// Makes one type of equal ones.
///
/// First come types that refer to nothing; then structs and unions, whose circles ``TypeEquivalence`` sees through;
/// then forward declarations that only one definition can be meant by; at last all that refers to others, from what it
/// refers to upwards. The steps are those of libbpf's `btf__dedup`, whose results it has.
struct Deduplicator {
  private let table: RecordTable
  private let firstOwn: Int
  private(set) var canonical: CanonicalTypes
  private var chains: HashChains

  init(_ table: RecordTable, firstOwn: Int) {
    self.table = table
    self.firstOwn = firstOwn
    canonical = CanonicalTypes(count: table.count)
    chains = HashChains(count: table.count)
  }

  mutating func run() throws(BTFError) {
    for id in 1..<max(table.count, 1) { unifyPlain(id) }
    var equivalence = TypeEquivalence(count: table.count, firstOwn: firstOwn)
    for id in 1..<max(table.count, 1) { unifyComposite(id, &equivalence) }
    resolveForwards()
    for id in 1..<max(table.count, 1) { try unifyReferring(id) }
  }

  // MARK: - Types that refer to nothing

  private mutating func unifyPlain(_ id: Int) {
    let kind = table.kinds[id]
    let hash: UInt32
    switch kind {
    case .integer, .float, .forward: hash = table.hash(of: id)
    // Enums without values are equal to all of their name: the name decides.
    case .enumeration, .enumeration64:
      var words = RecordTable.Hash()
      words.add(table.words[table.range(of: id).lowerBound])
      hash = words.value
    default: return
    }
    guard id >= firstOwn else { return keep(id, hash) }
    var other = chains.first(hash)
    while other != 0 {
      if table.areAlike(id, other) { return canonical.replace(id, by: other) }
      if canonical.isCanonical(other), TypeEquivalence.isDeclaredEnumeration(id, other, in: table) {
        // Of a declaration and a definition, the definition stays.
        let isDefinition = TypeRecord.itemCount(in: table.words[table.range(of: id).lowerBound + 1]) > 0
        guard isDefinition, other >= firstOwn else { return canonical.replace(id, by: other) }
        canonical.replace(other, by: id)
        return keep(id, hash)
      }
      other = chains.next(after: other)
    }
    keep(id, hash)
  }

  private mutating func keep(_ id: Int, _ hash: UInt32) {
    canonical.keep(id)
    chains.insert(id, hash)
  }

  // MARK: - Structs and unions

  private mutating func unifyComposite(_ id: Int, _ equivalence: inout TypeEquivalence) {
    let kind = table.kinds[id]
    guard kind == .structure || kind == .union, !canonical.isSettled(id) else { return }
    let hash = table.hash(of: id)
    guard id >= firstOwn else { return keep(id, hash) }
    var other = chains.first(hash)
    while other != 0 {
      if table.kinds[other] == kind, table.areAlike(id, other),
        equivalence.areEqual(id, other, in: table, known: canonical)
      {
        adopt(equivalence.pairs)
        canonical.replace(id, by: other)
        return
      }
      other = chains.next(after: other)
    }
    keep(id, hash)
  }

  /// Takes over what a comparison found out about the types on its way.
  private mutating func adopt(_ pairs: [(type: Int, canon: Int)]) {
    for (type, canon) in pairs {
      let type = canonical.resolve(type)
      let canon = canonical.resolve(canon)
      guard type != canon, type != 0, canon != 0 else { continue }
      let typeKind = table.kinds[type]
      let canonKind = table.kinds[canon]
      if typeKind == .forward, canonKind != .forward {
        if type >= firstOwn { canonical.replace(type, by: canon) }
      } else if canonKind == .forward, typeKind != .forward {
        // The struct may yet turn out to be another one: then the declaration follows it.
        if canon >= firstOwn { canonical.replace(canon, by: type) }
      } else if typeKind == .structure || typeKind == .union, !canonical.isSettled(type), canonical.isSettled(canon) {
        canonical.replace(type, by: canon)
      }
    }
  }

  /// Lets forward declarations be the only struct or union of their name, wherever they were used.
  private mutating func resolveForwards() {
    // By name and kind: the only definition, or 0 where there are several.
    var definitions: [UInt64: Int] = [:]
    for id in 1..<max(table.count, 1) {
      let kind = table.kinds[id]
      guard kind == .structure || kind == .union, canonical.isCanonical(id) else { continue }
      guard let key = key(of: id, isUnion: kind == .union) else { continue }
      definitions[key] = definitions[key] == nil ? id : 0
    }
    for id in max(firstOwn, 1)..<max(table.count, firstOwn, 1)
    where table.kinds[id] == .forward && canonical.isCanonical(id) {
      let isUnion = table.words[table.range(of: id).lowerBound + 1] >> 31 != 0
      guard let key = key(of: id, isUnion: isUnion), let definition = definitions[key], definition != 0 else {
        continue
      }
      canonical.replace(id, by: definition)
    }
  }

  private func key(of id: Int, isUnion: Bool) -> UInt64? {
    let name = table.words[table.range(of: id).lowerBound]
    return name == 0 ? nil : UInt64(name) << 1 | (isUnion ? 1 : 0)
  }

  // MARK: - Types that refer to others

  private mutating func unifyReferring(_ start: Int) throws(BTFError) {
    guard Self.isReferring(table.kinds[start]), !canonical.isSettled(start) else { return }
    let range = table.range(of: start)
    // Mostly, what it refers to is settled.
    if range.allSatisfy({ isReady($0, range, table.kinds[start]) }) { return unify(start, range) }
    var path: [Int] = [start]
    var entered: Set<Int> = []
    while let id = path.last {
      guard Self.isReferring(table.kinds[id]), !canonical.isSettled(id) else {
        path.removeLast()
        continue
      }
      let range = table.range(of: id)
      if entered.insert(id).inserted {
        // What it refers to comes first, and has the lowest place at the end of the path last.
        for place in range.reversed() where RecordShape.isType(place - range.lowerBound, in: table.kinds[id]) {
          let target = Int(table.words[place])
          if Self.isReferring(table.kinds[target]), !canonical.isSettled(target) {
            // A circle that passes no struct has no end.
            if entered.contains(target), path.contains(target) {
              throw BTFError(.chainTooDeep(TypeID(UInt32(truncatingIfNeeded: target))))
            }
            path.append(target)
          }
        }
        continue
      }
      path.removeLast()
      unify(id, range)
    }
  }

  /// Whether a word is no type, or one that is settled.
  private func isReady(_ place: Int, _ range: Range<Int>, _ kind: BTFKind) -> Bool {
    guard RecordShape.isType(place - range.lowerBound, in: kind) else { return true }
    let target = Int(table.words[place])
    return !Self.isReferring(table.kinds[target]) || canonical.isSettled(target)
  }

  private mutating func unify(_ id: Int, _ range: Range<Int>) {
    let kind = table.kinds[id]
    var hash = RecordTable.Hash()
    hash.add(UInt32(kind.rawValue))
    for place in range { hash.add(resolvedWord(place, range, kind)) }
    guard id >= firstOwn else { return keep(id, hash.value) }
    var other = chains.first(hash.value)
    while other != 0 {
      if table.kinds[other] == kind, areSame(range, table.range(of: other), kind) {
        return canonical.replace(id, by: other)
      }
      other = chains.next(after: other)
    }
    keep(id, hash.value)
  }

  private func areSame(_ one: Range<Int>, _ other: Range<Int>, _ kind: BTFKind) -> Bool {
    guard one.count == other.count else { return false }
    for index in 0..<one.count
    where resolvedWord(one.lowerBound + index, one, kind) != resolvedWord(other.lowerBound + index, other, kind) {
      return false
    }
    return true
  }

  private func resolvedWord(_ place: Int, _ range: Range<Int>, _ kind: BTFKind) -> UInt32 {
    let word = table.words[place]
    guard RecordShape.isType(place - range.lowerBound, in: kind) else { return word }
    return UInt32(truncatingIfNeeded: canonical.resolve(Int(word)))
  }

  /// Whether a kind is what it refers to; variables and sections each stay themselves.
  private static func isReferring(_ kind: BTFKind) -> Bool {
    switch kind {
    case .pointer, .array, .typedef, .volatile, .const, .restrict, .function, .functionPrototype, .declarationTag,
      .typeTag:
      true
    default: false
    }
  }
}
