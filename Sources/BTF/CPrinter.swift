/// Writes types as C.
///
/// A declarator is written from the inside out: the chain of pointers, arrays, signatures and qualifiers is collected
/// down to the type that C names, and then written from that end, around the name. Text and white space are those of
/// libbpf's `btf_dump`, by which bpftool and bpftrace print.
struct CPrinter {
  let graph: TypeGraph
  /// What has been written, as UTF-8 but for names that are none.
  var text: [UInt8] = []
  /// How often a type's name was given away when the type got it, by its id.
  ///
  /// Names from the second use on have a number. Empty where one definition stands alone.
  var nameUses: [UInt32] = []
  /// The names of typedefs and enumerators that were written; nil where one definition stands alone.
  var identifiers: NameUses?
  /// Whether `const`, `volatile` and `restrict` are left out.
  var dropsQualifiers = false
  /// Types nested within each other, at the moment.
  private var depth = 0
  private var steps = 0
  /// The chains of the declarators that are being written, the innermost on top.
  private var chains: [TypeID] = []
  var alignments: AlignmentSearch

  /// More declarations and fillers than this in one definition come from no compiler; a struct can have 65,535 members.
  private static let stepLimit = 1 << 17

  /// A name from the graph's strings or from a caller, which keep the bytes where they are.
  struct Name {
    static var none: Name { Name(bytes: UnsafeRawBufferPointer(start: nil, count: 0)) }

    var bytes: UnsafeRawBufferPointer
    /// Told from 2 on, so that no name stands for two things.
    var use: UInt32 = 1
  }

  init(graph: TypeGraph) {
    self.graph = graph
    alignments = AlignmentSearch(graph: graph)
  }

  /// What has been written as a text.
  var string: String { String(decoding: text, as: UTF8.self) }

  /// Writes `id` as a declaration of `name`, or as a type name when that is empty.
  mutating func declare(_ id: TypeID, named name: Name, level: Int) throws(BTFError) {
    depth += 1
    let base = chains.count
    defer {
      depth -= 1
      chains.removeLast(chains.count - base)
    }
    guard depth <= TypeGraph.chainLimit else { throw BTFError(.chainTooDeep(id)) }
    try countStep(of: id)
    try pushChain(of: id, above: base)
    try writeChain(above: base, around: name, level: level)
  }

  /// Counts a declaration or a filler, so that a short but malicious graph cannot ask for endless text.
  mutating func countStep(of id: TypeID) throws(BTFError) {
    steps += 1
    if steps > Self.stepLimit { throw BTFError(.definitionTooLong(id)) }
  }

  /// Begins a new definition, to which the limit of steps applies anew.
  mutating func begin() { steps = 0 }

  /// The name of an enumerator, which shares its space with the names of typedefs: numbered from its second use on.
  mutating func unique(_ nameOffset: UInt32) -> Name {
    Name(bytes: graph.stringBytes(at: nameOffset), use: identifiers?.use(nameOffset) ?? 1)
  }

  /// A name as the graph has it.
  func name(at offset: UInt32) -> Name {
    offset == 0 ? .none : Name(bytes: graph.stringBytes(at: offset))
  }

  /// A type's name, with a number where another type has the name already.
  func name(of record: RecordView) -> Name {
    let index = Int(record.id.rawValue)
    return Name(
      bytes: graph.stringBytes(at: record.nameOffset), use: index < nameUses.count ? nameUses[index] : 1)
  }

  mutating func write(_ name: Name) {
    text.append(contentsOf: name.bytes)
    guard name.use > 1 else { return }
    text.append(text: "___")
    text.append(decimal: UInt64(name.use))
  }

  /// Puts the types from `id` down to the one that C names onto the stack, that one included.
  private mutating func pushChain(of id: TypeID, above base: Int) throws(BTFError) {
    var current = id
    for _ in 0..<TypeGraph.chainLimit {
      if current == .void {
        chains.append(.void)
        return
      }
      let record = try graph.existingView(current)
      if !dropsQualifiers || record.kind.cQualifier == nil { chains.append(current) }
      switch record.kind {
      case .pointer, .volatile, .const, .restrict, .typeTag, .functionPrototype: current = record.type
      case .array: current = record.element
      case .integer, .enumeration, .enumeration64, .forward, .structure, .union, .typedef, .float: return
      case .void, .function, .variable, .dataSection, .declarationTag:
        throw BTFError(.unexpectedKind(current, found: record.kind, expected: "a type that can be declared"))
      }
    }
    throw BTFError(.chainTooDeep(id))
  }

  private mutating func writeChain(above base: Int, around name: Name, level: Int) throws(BTFError) {
    // At the beginning, and after an opening parenthesis, no space is due either.
    var endsWithPointer = true
    while chains.count > base {
      let id = chains.removeLast()
      guard id != .void else {
        writeQualifiers(above: base)
        text.append(text: "void")
        endsWithPointer = false
        continue
      }
      let record = try graph.existingView(id)
      switch record.kind {
      case .integer, .float, .typedef:
        writeQualifiers(above: base)
        write(self.name(of: record))
      case .structure, .union, .enumeration, .enumeration64:
        writeQualifiers(above: base)
        if record.nameOffset == 0 {
          try define(record, level: level)
        } else {
          text.append(text: record.kind.cKeyword)
          text.append(text: " ")
          write(self.name(of: record))
        }
      case .forward:
        writeQualifiers(above: base)
        text.append(text: record.flag ? "union " : "struct ")
        write(self.name(of: record))
      case .pointer: text.append(text: endsWithPointer ? "*" : " *")
      case .volatile: text.append(text: " volatile")
      case .const: text.append(text: " const")
      case .restrict: text.append(text: " restrict")
      case .typeTag:
        writeQualifiers(above: base)
        text.append(text: record.flag ? " __attribute__((" : " __attribute__((btf_type_tag(\"")
        text.append(contentsOf: graph.stringBytes(at: record.nameOffset))
        text.append(text: record.flag ? "))" : "\")))")
      case .array:
        try writeArray(record, above: base, around: name, endsWithPointer, level: level)
        return
      case .functionPrototype:
        try writeSignature(record, above: base, around: name, endsWithPointer, level: level)
        return
      case .void, .function, .variable, .dataSection, .declarationTag:
        throw BTFError(.unexpectedKind(id, found: record.kind, expected: "a type that can be declared"))
      }
      endsWithPointer = record.kind == .pointer
    }
    write(name, after: endsWithPointer)
  }

  private mutating func write(_ name: Name, after pointer: Bool) {
    if name.bytes.isEmpty { return }
    if !pointer { text.append(text: " ") }
    write(name)
  }

  /// Writes qualifiers of the type that comes next before it, as C programmers do.
  private mutating func writeQualifiers(above base: Int) {
    while chains.count > base, let qualifier = graph.kind(of: chains[chains.count - 1])?.cQualifier {
      text.append(text: qualifier)
      text.append(text: " ")
      chains.removeLast()
    }
  }

  /// Drops qualifiers of arrays and signatures, which C has no place for.
  private mutating func dropQualifiers(above base: Int) {
    while chains.count > base, graph.kind(of: chains[chains.count - 1])?.cQualifier != nil { chains.removeLast() }
  }

  private mutating func writeArray(
    _ array: RecordView, above base: Int, around name: Name, _ endsWithPointer: Bool, level: Int
  ) throws(BTFError) {
    dropQualifiers(above: base)
    if chains.count > base {
      if !name.bytes.isEmpty, !endsWithPointer { text.append(text: " ") }
      // An array of arrays needs no parentheses.
      let isArray = graph.kind(of: chains[chains.count - 1]) == .array
      if !isArray { text.append(text: "(") }
      try writeChain(above: base, around: name, level: level)
      if !isArray { text.append(text: ")") }
    } else {
      write(name, after: endsWithPointer)
    }
    text.append(text: "[")
    text.append(decimal: UInt64(array.word(2)))
    text.append(text: "]")
  }

  private mutating func writeSignature(
    _ prototype: RecordView, above base: Int, around name: Name, _ endsWithPointer: Bool, level: Int
  ) throws(BTFError) {
    dropQualifiers(above: base)
    if chains.count == base {
      write(name, after: endsWithPointer)
    } else {
      text.append(text: " (")
      try writeChain(above: base, around: name, level: level)
      text.append(text: ")")
    }
    text.append(text: "(")
    let count = prototype.parameterCount
    for index in 0..<count {
      if index > 0 { text.append(text: ", ") }
      let parameter = prototype.parameter(index)
      try declare(parameter.type, named: self.name(at: parameter.nameOffset), level: level)
    }
    // Compilers write `(void)` as no parameter or as one of type void, which looks as `...` does after others.
    if count == 0 {
      text.append(text: "void")
    } else if prototype.isVariadic {
      text.append(text: ", ...")
    }
    text.append(text: ")")
  }
}

extension BTFKind {
  /// `struct`, `union` or `enum`.
  var cKeyword: StaticString {
    switch self {
    case .union: "union"
    case .enumeration, .enumeration64: "enum"
    default: "struct"
    }
  }

  /// The keyword of a qualifier; nil for other kinds.
  var cQualifier: StaticString? {
    switch self {
    case .volatile: "volatile"
    case .const: "const"
    case .restrict: "restrict"
    default: nil
    }
  }
}
