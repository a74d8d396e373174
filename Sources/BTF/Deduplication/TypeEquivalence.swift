/// Finds out whether two structs or unions are the same, with all that they refer to.
///
/// Types that refer to each other in circles are the same when no difference shows on any way. So a pair that is being
/// compared counts as equal until a difference is found, and then nothing of the whole comparison holds. A forward
/// declaration is the same as a struct or union of its name.
struct TypeEquivalence {
  /// Pairs that were compared, each a type and the one that it would become.
  private(set) var pairs: [(type: Int, canon: Int)] = []
  /// For each canonical type, the first type that it was compared with; 0 for none.
  private var partners: [UInt32]
  /// Further pairs, of canonical types that were compared with several.
  private var furtherPairs: Set<UInt64> = []
  private var pending: [(type: Int, canon: Int)] = []
  /// Types below belong to a base, which stays as it is.
  private let firstOwn: Int

  init(count: Int, firstOwn: Int) {
    partners = Array(repeating: 0, count: count)
    self.firstOwn = firstOwn
  }

  /// Whether `type` is the same as `canon`; if so, ``pairs`` says what else is.
  mutating func areEqual(_ type: Int, _ canon: Int, in table: RecordTable, known: CanonicalTypes) -> Bool {
    forget()
    pending.append((type, canon))
    while let (type, canon) = pending.popLast() {
      guard compare(type, known.resolve(canon), in: table, known: known) else { return false }
    }
    return true
  }

  private mutating func forget() {
    for pair in pairs { partners[pair.canon] = 0 }
    pairs.removeAll(keepingCapacity: true)
    pending.removeAll(keepingCapacity: true)
    furtherPairs.removeAll(keepingCapacity: true)
  }

  private mutating func compare(_ type: Int, _ canon: Int, in table: RecordTable, known: CanonicalTypes) -> Bool {
    if known.resolve(type) == canon { return true }
    // `void` is only itself.
    if type == 0 || canon == 0 { return false }
    if partners[canon] == type { return true }
    if partners[canon] == 0 {
      partners[canon] = UInt32(truncatingIfNeeded: type)
    } else if !furtherPairs.insert(UInt64(canon) << 32 | UInt64(type)).inserted {
      return true
    }
    pairs.append((type, canon))
    let typeKind = table.kinds[type]
    let canonKind = table.kinds[canon]
    let mine = table.range(of: type).lowerBound
    let theirs = table.range(of: canon).lowerBound
    if typeKind != canonKind {
      guard table.words[mine] == table.words[theirs] else { return false }
      if typeKind == .forward { return Self.declares(table.words[mine + 1], canonKind) }
      // What a base declares cannot become what is defined outside of it.
      if canonKind == .forward { return canon >= firstOwn && Self.declares(table.words[theirs + 1], typeKind) }
      return Self.isDeclaredEnumeration(type, canon, in: table)
    }
    guard table.areAlike(type, canon) else { return Self.isDeclaredEnumeration(type, canon, in: table) }
    let count = table.range(of: type).count
    for index in 2..<count where RecordShape.isType(index, in: typeKind) {
      pending.append((Int(table.words[mine + index]), Int(table.words[theirs + index])))
    }
    return true
  }

  /// Whether a forward declaration with that second word is of that kind.
  private static func declares(_ info: UInt32, _ kind: BTFKind) -> Bool {
    info >> 31 == 0 ? kind == .structure : kind == .union
  }

  /// Whether both are enums of one name, one of them without its values.
  static func isDeclaredEnumeration(_ one: Int, _ other: Int, in table: RecordTable) -> Bool {
    guard table.kinds[one].isEnumeration, table.kinds[other].isEnumeration else { return false }
    let first = table.range(of: one).lowerBound
    let second = table.range(of: other).lowerBound
    guard table.words[first] != 0, table.words[first] == table.words[second] else { return false }
    return TypeRecord.itemCount(in: table.words[first + 1]) == 0
      || TypeRecord.itemCount(in: table.words[second + 1]) == 0
  }
}

/// Which type each type has turned out to be.
struct CanonicalTypes {
  /// The type itself while nothing else is known; chains end at a type that stays.
  private var ids: [UInt32]
  private var settled: [Bool]

  init(count: Int) {
    ids = (0..<max(count, 1)).map { UInt32(truncatingIfNeeded: $0) }
    settled = Array(repeating: false, count: max(count, 1))
    settled[0] = true
  }

  /// What a type is, as far as is known.
  @inline(__always) func resolve(_ id: Int) -> Int {
    var current = id
    while ids[current] != current { current = Int(ids[current]) }
    return current
  }

  /// Whether it is known what the type is.
  func isSettled(_ id: Int) -> Bool { settled[id] }

  /// Whether the type stays.
  func isCanonical(_ id: Int) -> Bool { ids[id] == id }

  /// Notes that a type stays.
  mutating func keep(_ id: Int) { settled[id] = true }

  /// Notes that a type is the same as another one, which must not lead back to it.
  mutating func replace(_ id: Int, by other: Int) {
    let end = resolve(other)
    guard end != id else { return }
    ids[id] = UInt32(truncatingIfNeeded: end)
    settled[id] = true
  }
}
