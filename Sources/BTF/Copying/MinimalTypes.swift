/// The types of a kernel that an object's CO-RE relocations need, and nothing else of them.
///
/// Of structs and unions only the members are kept that an access passes; what pointers point to is not, unless a
/// relocation asks about a type as a whole.
public struct MinimalTypes {
  fileprivate let graph: TypeGraph
  /// The types that are kept; of structs and unions, the places of the members.
  private var members: [TypeID: Set<Int>] = [:]
  /// Signatures may be nested without an end.
  private static let depthLimit = 64

  /// Nothing yet of a kernel's types.
  public init(of graph: TypeGraph) { self.graph = graph }

  /// Keeps what an access needs.
  mutating func keep(_ access: AccessSpec, for kind: CORERelocationKind) throws(BTFError) {
    switch access.target {
    case .enumerator: try keep(access.root)
    case .type: try keep(access.root, followingPointers: true, withMembers: kind == .typeMatches)
    case .field:
      try keep(access.root)
      var type = try graph.resolve(access.root)
      for index in access.indexes.dropFirst() {
        switch try graph.type(type) {
        case .structure(let composite), .union(let composite):
          guard index < composite.members.count else { throw BTFError(.unknownType(type)) }
          members[type, default: []].insert(index)
          try keep(composite.members[index].type)
          type = try graph.resolve(composite.members[index].type)
        case .array(let array): type = try graph.resolve(array.element)
        default: throw BTFError(.unexpectedKind(type, found: graph.kind(of: type) ?? .void, expected: "a struct"))
        }
      }
      // An array without elements has as many as are there only at the end of its struct.
      try keepEnd(of: access)
    }
  }

  /// Keeps a type with what it is made of, but without members.
  private mutating func keep(
    _ id: TypeID, followingPointers: Bool = false, withMembers: Bool = false, depth: Int = 0
  ) throws(BTFError) {
    if id == .void { return }
    guard depth < Self.depthLimit else { throw BTFError(.chainTooDeep(id)) }
    let record = try graph.existingRecord(id)
    let isKept = members[id] != nil
    if !isKept { members[id] = [] }
    switch record.kind {
    case .structure, .union:
      guard withMembers else { return }
      let all = Set(0..<record.itemCount)
      if members[id] == all, isKept { return }
      members[id] = all
      // Behind their pointers only names count.
      for index in 0..<record.itemCount {
        try keep(
          CompositeType(record: record).members[index].type, followingPointers: true, withMembers: true,
          depth: depth + 1)
      }
    case .pointer:
      if followingPointers { try keep(record.type, followingPointers: true, depth: depth + 1) }
    case .functionPrototype:
      if isKept { return }
      try record.forEachReference { (type) throws(BTFError) in
        try keep(type, followingPointers: followingPointers, withMembers: withMembers, depth: depth + 1)
      }
    default:
      try record.forEachReference { (type) throws(BTFError) in
        try keep(type, followingPointers: followingPointers, withMembers: withMembers, depth: depth + 1)
      }
    }
  }

  /// Keeps the last member of a struct whose flexible array an access enters, which it stays only there.
  private mutating func keepEnd(of access: AccessSpec) throws(BTFError) {
    for step in access.steps where step.name != nil {
      let composite = try graph.composite(step.type)
      let last = composite.members.count - 1
      guard step.index < last, case .array(let array) = try graph.resolvedType(composite.members[step.index].type),
        array.count == 0
      else { continue }
      // Another member after it keeps it from being the last.
      members[composite.id, default: []].insert(last)
      try keep(composite.members[last].type)
    }
  }

  /// The bytes of a graph with the types that are kept.
  public func build() throws(BTFError) -> [UInt8] {
    var builder = TypeGraphBuilder()
    let ordered = members.keys.sorted()
    var ids: [TypeID: TypeID] = [:]
    for (place, id) in ordered.enumerated() { ids[id] = TypeID(UInt32(truncatingIfNeeded: place + 1)) }
    for id in ordered {
      let record = try graph.existingRecord(id)
      var words: [UInt32] = []
      var kept = 0
      let isComposite = record.kind == .structure || record.kind == .union
      for index in 0..<record.wordCount {
        if isComposite, index >= 3, members[id]?.contains((index - 3) / 3) != true { continue }
        if isComposite, index >= 3, index % 3 == 0 { kept += 1 }
        let word = record.rawWord(index)
        if RecordShape.isName(index, in: record.kind) {
          words.append(try builder.offset(of: graph.string(at: word)))
        } else if RecordShape.isType(index, in: record.kind) {
          // What is not kept was behind a pointer, which becomes one to nothing.
          words.append(ids[TypeID(word)]?.rawValue ?? 0)
        } else {
          words.append(word)
        }
      }
      if isComposite { words[1] = words[1] & 0xffff_0000 | UInt32(truncatingIfNeeded: kept) }
      try builder.appendRecord(words)
    }
    return try builder.build()
  }
}

extension COREResolver {
  /// The least of the kernel's types with which these relocations come to the same: a few kilobytes to be shipped for
  /// kernels that have no BTF.
  ///
  /// Only ids of types differ. Types of modules are not among them, for a file cannot stand for several.
  /// `bpftool gen min_core_btf` makes such files.
  ///
  /// - Parameter relocations: those of one or several programs of the object.
  /// - Returns: the bytes of a graph in this machine's byte order.
  /// - Throws: as ``resolve(_:)``.
  public mutating func minimalTypes(for relocations: [CORERelocation]) throws(CORERelocationError) -> [UInt8] {
    var minimal = MinimalTypes(of: kernel.types)
    try collect(relocations, into: &minimal)
    do throws(BTFError) {
      return try minimal.build()
    } catch {
      let relocation =
        relocations.first ?? CORERelocation(instructionOffset: 0, type: .void, access: "", kind: .typeExists)
      throw CORERelocationError(relocation: relocation, path: kernel.name, reason: .malformed(error))
    }
  }

  /// Adds to types of the same kernel what these relocations need, as when one file is to serve several objects.
  ///
  /// - Throws: as ``resolve(_:)``.
  public mutating func collect(
    _ relocations: [CORERelocation], into minimal: inout MinimalTypes
  ) throws(CORERelocationError) {
    for question in try answer(relocations) {
      for access in question.found where access.graph === minimal.graph {
        do throws(BTFError) {
          try minimal.keep(access, for: question.relocation.kind)
        } catch {
          throw question.failure(.malformed(error))
        }
      }
    }
  }
}
