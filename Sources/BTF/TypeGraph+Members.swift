extension TypeGraph {
  /// The member of that name, in a struct or union or in the anonymous structs and unions within it.
  ///
  /// Modifiers of `id` are looked through. The member's bit offset counts from the beginning of `id`.
  ///
  /// - Returns: nil when there is no such member.
  /// - Throws: when `id` is no struct or union, or the graph is malformed.
  public func member(named name: String, of id: TypeID) throws(BTFError) -> Member? {
    var name = name
    var search = MemberSearch(graph: self)
    let composite = try composite(id)
    let outcome: Result<Member?, BTFError> = name.withUTF8 { buffer in
      let name = UnsafeRawBufferPointer(buffer)
      return Result { () throws(BTFError) in try search.find(name, in: composite, bitOffset: 0) }
    }
    return try outcome.get()
  }

  /// The member at the end of a path such as `se.avg.load_avg` or `comm[3]`.
  ///
  /// Each step sees through anonymous structs and unions and looks through modifiers, but not through pointers:
  /// what a pointer points to lies elsewhere. The result's bit offset counts from the beginning of `id`.
  ///
  /// - Throws: ``BTFError/Reason/unknownMember(_:of:)`` for a step that is not there, others as ``member(named:of:)``.
  public func member(path: String, of id: TypeID) throws(BTFError) -> Member {
    var current = id
    var bitOffset = 0
    var found: Member?
    for step in path.split(separator: ".", omittingEmptySubsequences: false) {
      let parts = step.split(separator: "[", omittingEmptySubsequences: false)
      let name = String(parts.first ?? "")
      guard var member = try member(named: name, of: current) else {
        throw BTFError(.unknownMember(name, of: current))
      }
      for part in parts.dropFirst() {
        guard part.last == "]", let index = Int(part.dropLast()), case .array(let array) = try resolvedType(member.type)
        else { throw BTFError(.unknownMember(String(step), of: current)) }
        // One past the end is no member; a flexible array has no end.
        guard index >= 0, index < array.count || array.count == 0 else {
          throw BTFError(.unknownMember(String(step), of: current))
        }
        let (bits, overflow) = try size(of: array.element).multipliedReportingOverflow(by: 8)
        let (distance, more) = bits.multipliedReportingOverflow(by: index)
        let (total, most) = member.bitOffset.addingReportingOverflow(distance)
        if overflow || more || most { throw BTFError(.sizeOverflow(member.type)) }
        member.type = array.element
        member.bitOffset = total
      }
      let (total, overflow) = bitOffset.addingReportingOverflow(member.bitOffset)
      if overflow { throw BTFError(.sizeOverflow(id)) }
      bitOffset = total
      member.bitOffset = total
      current = member.type
      found = member
    }
    guard let found else { throw BTFError(.unknownMember(path, of: id)) }
    return found
  }

  /// The names that ``member(named:of:)`` finds, in the order of their declaration: for hints and completion.
  ///
  /// - Throws: when `id` is no struct or union, or the graph is malformed.
  public func memberNames(of id: TypeID) throws(BTFError) -> [String] {
    var search = MemberSearch(graph: self)
    var names: [String] = []
    try search.collectNames(of: composite(id), into: &names)
    return names
  }

  /// The struct or union behind modifiers.
  ///
  /// - Throws: ``BTFError/Reason/unexpectedKind(_:found:expected:)`` when it is none.
  public func composite(_ id: TypeID) throws(BTFError) -> CompositeType {
    let resolved = try resolve(id)
    switch try type(resolved) {
    case .structure(let composite), .union(let composite): return composite
    default:
      throw BTFError(.unexpectedKind(resolved, found: kind(of: resolved) ?? .void, expected: "a struct or union"))
    }
  }

  /// The bits that a member takes, whichever way its compiler wrote bit-fields: offset from the same beginning as
  /// the member's own, and their count.
  ///
  /// - Returns: nil when the member is no bit-field.
  /// - Throws: when the member's type does not resolve.
  public func bits(of member: Member) throws(BTFError) -> (offset: Int, count: Int)? {
    if let size = member.bitFieldSize { return (member.bitOffset, size) }
    guard case .integer(let integer) = try resolvedType(member.type), integer.bitCount != integer.size * 8 else {
      return nil
    }
    return (member.bitOffset + integer.bitOffset, integer.bitCount)
  }
}

/// One search through a struct and the anonymous ones within it, each of which it enters once.
private struct MemberSearch {
  let graph: TypeGraph
  var entered: Set<TypeID> = []

  mutating func find(
    _ name: UnsafeRawBufferPointer, in composite: CompositeType, bitOffset: Int, depth: Int = 0
  ) throws(BTFError) -> Member? {
    for var member in composite.members {
      // Each is below 2^32, and the levels are few: no overflow.
      member.bitOffset += bitOffset
      if !member.isAnonymous {
        if member.graph.string(at: member.nameOffset, equals: name) { return member }
      } else if let inner = try enter(member, at: depth),
        let found = try find(name, in: inner, bitOffset: member.bitOffset, depth: depth + 1)
      {
        return found
      }
    }
    return nil
  }

  mutating func collectNames(
    of composite: CompositeType, into names: inout [String], depth: Int = 0
  ) throws(BTFError) {
    for member in composite.members {
      if !member.isAnonymous {
        names.append(member.name)
      } else if let inner = try enter(member, at: depth) {
        try collectNames(of: inner, into: &names, depth: depth + 1)
      }
    }
  }

  /// The anonymous struct or union that a nameless member is; nil for a nameless bit-field, and for what was seen.
  private mutating func enter(_ member: Member, at depth: Int) throws(BTFError) -> CompositeType? {
    let id = try graph.resolve(member.type)
    switch try graph.type(id) {
    case .structure(let composite), .union(let composite):
      guard entered.insert(id).inserted else { return nil }
      guard depth < TypeGraph.chainLimit else { throw BTFError(.chainTooDeep(id)) }
      return composite
    default: return nil
    }
  }
}
