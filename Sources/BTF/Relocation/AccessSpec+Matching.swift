extension AccessSpec {
  /// What this way, which is the object's own, is when it begins at a type of another graph.
  ///
  /// Members are found by name, also within anonymous structs and unions; what they hold must be compatible.
  /// Rules: libbpf's `bpf_core_spec_match`.
  ///
  /// - Returns: nil when the other type does not have it.
  func match(in graph: TypeGraph, at root: TypeID, kind: CORERelocationKind) throws(BTFError) -> AccessSpec? {
    switch target {
    case .type:
      var comparison = TypeComparison(local: self.graph, target: graph)
      let isMatch =
        kind == .typeMatches
        ? try comparison.matches(self.root, root) : try comparison.isCompatible(self.root, root)
      return isMatch ? AccessSpec(graph: graph, root: root, target: .type) : nil
    case .enumerator:
      guard let name = enumerator?.name.essentialName, case .enumeration(let type) = try graph.resolvedType(root)
      else { return nil }
      for (place, other) in type.enumerators.enumerated() where other.name.essentialName == name {
        return AccessSpec(graph: graph, root: root, target: .enumerator(place))
      }
      return nil
    case .field:
      var found = AccessSpec(graph: graph, root: root, target: .field)
      return try found.follow(self) ? found : nil
    }
  }

  private mutating func follow(_ local: AccessSpec) throws(BTFError) -> Bool {
    var current = try graph.resolve(root)
    for (place, step) in local.steps.enumerated() {
      if let name = step.name {
        let composite = try local.graph.composite(step.type)
        guard step.index < composite.members.count else { return false }
        let member = composite.members[step.index]
        var entered: Set<TypeID> = []
        guard let next = try findMember(named: name, like: member, of: local.graph, in: current, &entered) else {
          return false
        }
        current = try graph.resolve(next)
      } else if place == 0 {
        indexes.append(step.index)
        try enter(element: step.index, of: current)
      } else {
        guard case .array(let array) = try graph.type(current) else { return false }
        let isFlexible = try isFlexible(array)
        guard step.index < array.count || isFlexible else { return false }
        indexes.append(step.index)
        current = try graph.resolve(array.element)
        try enter(element: step.index, of: current)
      }
    }
    return true
  }

  /// Steps to a member of that name, which may lie in anonymous structs and unions, and answers its type.
  private mutating func findMember(
    named name: String, like localMember: Member, of local: TypeGraph, in type: TypeID, _ entered: inout Set<TypeID>
  ) throws(BTFError) -> TypeID? {
    let composite: CompositeType
    switch try graph.type(type) {
    case .structure(let found), .union(let found): composite = found
    default: return nil
    }
    guard entered.insert(type).inserted, indexes.count < Self.lengthLimit else { return nil }
    for (place, member) in composite.members.enumerated() {
      let isHere = member.name == name
      guard isHere || member.isAnonymous else { continue }
      let start = (bitOffset: bitOffset, length: indexes.count)
      indexes.append(place)
      try advance(by: member.bitOffset)
      if isHere {
        var comparison = TypeComparison(local: local, target: graph)
        if try comparison.areFieldsCompatible(localMember.type, member.type) {
          steps.append(Step(type: type, index: place, name: name))
          return member.type
        }
      } else {
        let inner = try graph.resolve(member.type)
        if let found = try findMember(named: name, like: localMember, of: local, in: inner, &entered) { return found }
      }
      bitOffset = start.bitOffset
      indexes.removeSubrange(start.length...)
    }
    return nil
  }
}
