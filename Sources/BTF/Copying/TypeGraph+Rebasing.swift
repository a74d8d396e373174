/// Modules that are built apart from their kernel bring the types of the kernel that they need in a section `.BTF.base`,
/// on which those in `.BTF` rest (Linux 6.11, `Documentation/bpf/btf.rst`). Of structs, unions and enums it has only the
/// names and sizes, and of those that are only pointed to, only the names.
extension TypeGraph {
  /// The same types on top of another base: those of its types that have the name, kind and size of a type of this graph's
  /// base take that one's place.
  ///
  ///     let module = try TypeGraph(bytes: btf, base: TypeGraph(bytes: distilledBase))
  ///     let types = try module.rebased(onto: kernel)
  ///
  /// - Throws: ``BTFError`` for a type that the other base does not have, or has several times with equal right.
  public func rebased(onto other: TypeGraph) throws(BTFError) -> TypeGraph {
    var builder = TypeGraphBuilder(base: other)
    var map = TypeIDMap()
    if let base { for id in base.ids { map[id] = try other.counterpart(of: base.existingRecord(id)) } }
    var next = other.count
    for id in ownIDs {
      map[id] = TypeID(UInt32(truncatingIfNeeded: next))
      next += 1
    }
    guard next < Int(UInt32.max) else { throw BTFError(.tooManyTypes) }
    try builder.append(ownIDs, of: self, map)
    return try TypeGraph(bytes: builder.build(), base: other, pointerSize: pointerSize)
  }

  /// The type that a type of a distilled base stands for.
  private func counterpart(of wanted: TypeRecord) throws(BTFError) -> TypeID {
    let name = wanted.name
    let candidates = ids(named: name).compactMap { record($0) }
    let found: [TypeRecord]
    switch wanted.kind {
    case .integer:
      found = candidates.filter { $0.kind == .integer && $0.size == wanted.size && $0.word(0) == wanted.word(0) }
    case .forward:
      // What is only pointed to may have any size, or be declared only.
      let kind = wanted.flag ? BTFKind.union : .structure
      let defined = candidates.filter { $0.kind == kind }
      let declared = candidates.filter { $0.kind == .forward && $0.flag == wanted.flag }
      if let first = (defined + declared).first { return first.id }
      found = []
    case .enumeration, .enumeration64:
      found = candidates.filter { [.enumeration, .enumeration64].contains($0.kind) && $0.size == wanted.size }
    default: found = candidates.filter { $0.kind == wanted.kind && $0.size == wanted.size }
    }
    guard let first = found.first else {
      throw BTFError(.missingInBase(wanted.id, wanted.kind, name: name, size: wanted.size))
    }
    guard found.count == 1 || wanted.kind == .integer || wanted.kind == .float else {
      throw BTFError(.ambiguousInBase(wanted.id, wanted.kind, name: name, count: found.count))
    }
    return first.id
  }
}
