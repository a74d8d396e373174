extension TypeGraph {
  /// How many bytes a value of the type takes.
  ///
  /// A variable has the size of its type; `void`, functions and forward declarations have none.
  ///
  /// - Throws: for types without a size, ids that are not there, chains that do not end, and sizes beyond 63 bits.
  public func size(of id: TypeID) throws(BTFError) -> Int {
    var current = id
    var count = 1
    for _ in 0..<Self.chainLimit {
      if current == .void { throw BTFError(.noSize(id, .void)) }
      let record = try existingView(current)
      let unit: Int
      switch record.kind {
      case .integer, .structure, .union, .enumeration, .enumeration64, .float, .dataSection: unit = record.size
      case .pointer: unit = pointerSize
      case .array:
        let (product, overflow) = count.multipliedReportingOverflow(by: Int(record.word(2)))
        if overflow { throw BTFError(.sizeOverflow(id)) }
        count = product
        current = record.element
        continue
      case .typedef, .volatile, .const, .restrict, .typeTag, .variable:
        current = record.type
        continue
      case .void, .forward, .function, .functionPrototype, .declarationTag: throw BTFError(.noSize(id, record.kind))
      }
      let (product, overflow) = count.multipliedReportingOverflow(by: unit)
      if overflow { throw BTFError(.sizeOverflow(id)) }
      return product
    }
    throw BTFError(.chainTooDeep(id))
  }

  /// The boundary, in bytes, on which the type's members make a compiler place its values; at least 1.
  ///
  /// BTF does not hold `__attribute__((aligned))`: a value may be aligned to more than this. A struct whose members
  /// do not lie on their boundaries is packed and has 1.
  ///
  /// - Throws: for types without a size, ids that are not there, and structs that contain themselves.
  public func alignment(of id: TypeID) throws(BTFError) -> Int {
    var search = AlignmentSearch(graph: self)
    return try search.alignment(of: id, depth: 0)
  }

  /// Whether a struct's or union's layout can only come from `__attribute__((packed))`.
  ///
  /// - Throws: as ``alignment(of:)``.
  public func isPacked(_ composite: CompositeType) throws(BTFError) -> Bool {
    var search = AlignmentSearch(graph: self)
    return try search.layout(of: existingView(composite.id), depth: 0).isPacked
  }
}

/// One search for alignments; it sees each struct once, however often it is used.
struct AlignmentSearch {
  let graph: TypeGraph
  private var known: [TypeID: Layout?] = [:]

  /// What a struct's or union's members tell.
  struct Layout {
    var alignment: Int
    var isPacked: Bool
  }

  init(graph: TypeGraph) { self.graph = graph }

  mutating func alignment(of id: TypeID, depth: Int) throws(BTFError) -> Int {
    var current = id
    for _ in 0..<TypeGraph.chainLimit {
      if current == .void { throw BTFError(.noSize(id, .void)) }
      let record = try graph.existingView(current)
      switch record.kind {
      case .integer, .enumeration, .enumeration64, .float: return min(graph.pointerSize, max(record.size, 1))
      case .pointer: return graph.pointerSize
      case .structure, .union: return try layout(of: record, depth: depth).alignment
      case .array: current = record.element
      case .typedef, .typeTag, .volatile, .const, .restrict, .variable: current = record.type
      case .void, .forward, .function, .functionPrototype, .dataSection, .declarationTag:
        throw BTFError(.noSize(id, record.kind))
      }
    }
    throw BTFError(.chainTooDeep(id))
  }

  mutating func layout(of composite: RecordView, depth: Int) throws(BTFError) -> Layout {
    if let entry = known[composite.id] {
      // A struct that is known, but not yet what its layout is, is being looked at further up.
      guard let layout = entry else { throw BTFError(.recursiveType(composite.id)) }
      return layout
    }
    guard depth < TypeGraph.chainLimit else { throw BTFError(.chainTooDeep(composite.id)) }
    known[composite.id] = .some(nil)
    var layout = Layout(alignment: 1, isPacked: false)
    for index in 0..<composite.itemCount {
      let member = composite.member(index)
      let alignment = try alignment(of: member.type, depth: depth + 1)
      // A bit-field may lie anywhere, and aligns its struct as its type does.
      if member.bitFieldSize == 0, member.bitOffset % (alignment * 8) != 0 { layout.isPacked = true }
      layout.alignment = max(layout.alignment, alignment)
    }
    if composite.size % layout.alignment != 0 { layout.isPacked = true }
    if layout.isPacked { layout.alignment = 1 }
    known[composite.id] = layout
    return layout
  }
}
