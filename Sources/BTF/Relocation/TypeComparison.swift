/// Compares a type of an object with one of a kernel, by the rules of CO-RE.
///
/// The three questions differ in how much must be the same. Rules: libbpf's `bpf_core_fields_are_compat`,
/// `bpf_core_types_are_compat` and `bpf_core_types_match`.
struct TypeComparison {
  let local: TypeGraph
  let target: TypeGraph
  /// Whether a forward declaration and a definition of a struct or a union are compatible, for whoever declares a thing
  /// of the kernel need not define what it is made of.
  private let takesForwards: Bool
  /// Pairs that may still be compared: signatures of signatures and structs of structs could be without number.
  private var remaining = 1 << 16

  /// How deep types may be nested (libbpf's limit).
  private static let depthLimit = 32

  init(local: TypeGraph, target: TypeGraph, takingForwards takesForwards: Bool = false) {
    self.local = local
    self.target = target
    self.takesForwards = takesForwards
  }

  private mutating func count(_ id: TypeID, depth: Int) throws(BTFError) {
    remaining -= 1
    if remaining < 0 || depth > Self.depthLimit { throw BTFError(.chainTooDeep(id)) }
  }

  // MARK: - Fields

  /// Whether a field of the local type may be read as one of the target's.
  ///
  /// Integers of all sizes are compatible, also pointers to anything; structs and unions with each other; enums by their
  /// names; arrays by their elements, of any number.
  mutating func areFieldsCompatible(_ localID: TypeID, _ targetID: TypeID) throws(BTFError) -> Bool {
    var localID = localID
    var targetID = targetID
    for depth in 0...Self.depthLimit {
      try count(localID, depth: depth)
      localID = try local.resolve(localID)
      targetID = try target.resolve(targetID)
      switch (try local.type(localID), try target.type(targetID)) {
      case (.structure, .structure), (.structure, .union), (.union, .structure), (.union, .union): return true
      case (.pointer, .pointer), (.float, .float): return true
      case (.forward, .forward), (.enumeration, .enumeration):
        let localName = local.name(of: localID).essentialName
        let targetName = target.name(of: targetID).essentialName
        // Either may be anonymous.
        return localName.isEmpty || targetName.isEmpty || localName == targetName
      // Bit-fields of old compilers, whose bits begin within the integer, cannot be relocated.
      case (.integer(let one), .integer(let other)): return one.bitOffset == 0 && other.bitOffset == 0
      case (.array(let one), .array(let other)):
        localID = one.element
        targetID = other.element
      default: return false
      }
    }
    throw BTFError(.chainTooDeep(localID))
  }

  // MARK: - Compatible types

  /// Whether the types are of one kind, with what pointers, arrays and signatures are made of compatible, too.
  ///
  /// Structs, unions and enums may have whatever members and values they want.
  mutating func isCompatible(_ localID: TypeID, _ targetID: TypeID, depth: Int = 0) throws(BTFError) -> Bool {
    guard haveSameKind(localID, targetID) else { return false }
    return try isCompatibleInside(localID, targetID, depth: depth)
  }

  fileprivate mutating func isCompatibleInside(
    _ localID: TypeID, _ targetID: TypeID, depth: Int
  ) throws(BTFError) -> Bool {
    try count(localID, depth: depth)
    let localID = try local.resolve(localID)
    let targetID = try target.resolve(targetID)
    switch (try local.type(localID), try target.type(targetID)) {
    case (.void, .void), (.structure, .structure), (.union, .union), (.enumeration, .enumeration),
      (.forward, .forward), (.float, .float):
      return true
    case (.forward(let forward), .structure), (.structure, .forward(let forward)):
      return takesForwards && !forward.isUnion
    case (.forward(let forward), .union), (.union, .forward(let forward)): return takesForwards && forward.isUnion
    case (.integer(let one), .integer(let other)): return one.bitOffset == 0 && other.bitOffset == 0
    case (.pointer(let one), .pointer(let other)): return try isCompatibleInside(one, other, depth: depth + 1)
    case (.array(let one), .array(let other)):
      return try isCompatibleInside(one.element, other.element, depth: depth + 1)
    case (.functionPrototype(let one), .functionPrototype(let other)):
      guard one.parameters.count == other.parameters.count, one.isVariadic == other.isVariadic else { return false }
      for (mine, theirs) in zip(one.parameters, other.parameters) {
        guard try isCompatibleInside(mine.type, theirs.type, depth: depth + 1) else { return false }
      }
      return try isCompatibleInside(one.result, other.result, depth: depth + 1)
    default: return false
    }
  }

  /// Whether both are of the same kind, enums of 32 and 64 bits being one.
  private func haveSameKind(_ localID: TypeID, _ targetID: TypeID) -> Bool {
    guard let one = local.kind(of: localID), let other = target.kind(of: targetID) else { return false }
    return one == other || one.isEnumeration && other.isEnumeration
  }

  // MARK: - Matching types

  /// Whether the target has all that the local type has, of the same names and types, in whatever order and beside
  /// whatever else.
  ///
  /// Behind a pointer only names count, and a forward declaration stands for the struct or union.
  mutating func matches(
    _ localID: TypeID, _ targetID: TypeID, behindPointer: Bool = false, depth: Int = 0
  ) throws(BTFError) -> Bool {
    try count(localID, depth: depth)
    let localID = try local.resolve(localID)
    let targetID = try target.resolve(targetID)
    guard local.name(of: localID).essentialName == target.name(of: targetID).essentialName else { return false }
    switch (try local.type(localID), try target.type(targetID)) {
    case (.void, .void): return true
    case (.forward(let one), .forward(let other)): return one.isUnion == other.isUnion
    case (.forward(let one), .structure): return behindPointer && !one.isUnion
    case (.forward(let one), .union): return behindPointer && one.isUnion
    case (.structure, .forward(let other)): return behindPointer && !other.isUnion
    case (.union, .forward(let other)): return behindPointer && other.isUnion
    case (.structure(let one), .structure(let other)), (.union(let one), .union(let other)):
      if behindPointer { return true }
      return try haveMatchingMembers(one, other, depth: depth)
    case (.enumeration(let one), .enumeration(let other)): return haveMatchingValues(one, other)
    case (.integer(let one), .integer(let other)): return one.size == other.size && one.isSigned == other.isSigned
    case (.float(let one), .float(let other)): return one.size == other.size
    case (.pointer(let one), .pointer(let other)):
      return try matches(one, other, behindPointer: true, depth: depth + 1)
    case (.array(let one), .array(let other)):
      guard one.count == other.count else { return false }
      return try matches(one.element, other.element, behindPointer: behindPointer, depth: depth + 1)
    case (.functionPrototype(let one), .functionPrototype(let other)):
      guard one.parameters.count == other.parameters.count, one.isVariadic == other.isVariadic else { return false }
      for (mine, theirs) in zip(one.parameters, other.parameters) {
        guard try matches(mine.type, theirs.type, behindPointer: behindPointer, depth: depth + 1) else { return false }
      }
      return try matches(one.result, other.result, behindPointer: behindPointer, depth: depth + 1)
    default: return false
    }
  }

  private mutating func haveMatchingMembers(
    _ one: CompositeType, _ other: CompositeType, depth: Int
  ) throws(BTFError) -> Bool {
    guard one.members.count <= other.members.count else { return false }
    for mine in one.members {
      let name = mine.name.essentialName
      var isFound = false
      for theirs in other.members where theirs.name.essentialName == name {
        isFound = try matches(mine.type, theirs.type, depth: depth + 1)
        if isFound { break }
      }
      guard isFound else { return false }
    }
    return true
  }

  private func haveMatchingValues(_ one: EnumerationType, _ other: EnumerationType) -> Bool {
    guard one.size == other.size, one.enumerators.count <= other.enumerators.count else { return false }
    let names = Set(other.enumerators.map { $0.name.essentialName })
    return one.enumerators.allSatisfy { names.contains($0.name.essentialName) }
  }
}

extension TypeGraph {
  /// Whether what this graph declares as `own` can be what `graph` has as `other`: a variable or a signature of a kernel.
  ///
  /// The rules are those of CO-RE for types that exist (libbpf's `bpf_core_types_are_compat`): modifiers and names do not
  /// count, integers may differ in size and sign, enums of both sizes are alike, pointers, arrays and signatures are
  /// followed. Besides, a forward declaration stands for the struct or union.
  ///
  /// - Throws: ``BTFError`` for types that are malformed, or nested deeper than a kernel's ever are.
  public func declares(_ own: TypeID, as other: TypeID, in graph: TypeGraph) throws(BTFError) -> Bool {
    var comparison = TypeComparison(local: self, target: graph, takingForwards: true)
    return try comparison.isCompatibleInside(own, other, depth: 0)
  }
}

extension BTFKind {
  /// Whether it is an enum, of 32 or 64 bits.
  var isEnumeration: Bool { self == .enumeration || self == .enumeration64 }
}
