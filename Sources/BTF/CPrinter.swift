/// Writes types as C.
///
/// A declarator is written from the inside out: the chain of pointers, arrays, signatures and qualifiers is collected
/// down to the type that C names, and then written from that end, around the name. Text and white space are those of
/// libbpf's `btf_dump`, by which bpftool and bpftrace print.
struct CPrinter {
  let graph: TypeGraph
  var text = ""
  /// Names that differ from the graph's, where two types of one name must be told apart.
  var renamed: [TypeID: String] = [:]
  /// How often each name of a typedef or enumerator was written; nil where one definition stands alone.
  var identifiers: [String: Int]?
  /// Whether `const`, `volatile` and `restrict` are left out.
  var dropsQualifiers = false
  /// Types nested within each other, at the moment.
  private var depth = 0
  private var steps = 0
  var alignments: AlignmentSearch

  /// More declarations and fillers than this in one definition come from no compiler; a struct can have 65,535 members.
  private static let stepLimit = 1 << 17

  init(graph: TypeGraph) {
    self.graph = graph
    alignments = AlignmentSearch(graph: graph)
  }

  /// Writes `id` as a declaration of `name`, or as a type name when that is empty.
  mutating func declare(_ id: TypeID, named name: String, level: Int) throws(BTFError) {
    depth += 1
    defer { depth -= 1 }
    guard depth <= TypeGraph.chainLimit else { throw BTFError(.chainTooDeep(id)) }
    try countStep(of: id)
    var chain = try chain(of: id)
    try write(&chain, around: name, level: level)
  }

  /// Counts a declaration or a filler, so that a short but malicious graph cannot ask for endless text.
  mutating func countStep(of id: TypeID) throws(BTFError) {
    steps += 1
    if steps > Self.stepLimit { throw BTFError(.definitionTooLong(id)) }
  }

  /// Begins a new definition, to which the limit of steps applies anew.
  mutating func begin() { steps = 0 }

  /// The name of an enumerator, which shares its space with the names of typedefs: numbered from its second use on.
  mutating func unique(_ name: String) -> String {
    guard identifiers != nil else { return name }
    let count = (identifiers?[name] ?? 0) + 1
    identifiers?[name] = count
    return count > 1 ? "\(name)___\(count)" : name
  }

  func name(of record: TypeRecord) -> String { renamed[record.id] ?? record.name }

  /// The types from `id` down to the one that C names, that one included.
  private func chain(of id: TypeID) throws(BTFError) -> [TypeID] {
    var chain: [TypeID] = []
    var current = id
    while chain.count < TypeGraph.chainLimit {
      if current == .void { return chain + [.void] }
      let record = try graph.existingRecord(current)
      let isQualifier = record.kind == .volatile || record.kind == .const || record.kind == .restrict
      if !isQualifier || !dropsQualifiers { chain.append(current) }
      switch record.kind {
      case .pointer, .volatile, .const, .restrict, .typeTag, .functionPrototype: current = record.type
      case .array: current = ArrayType(record: record).element
      case .integer, .enumeration, .enumeration64, .forward, .structure, .union, .typedef, .float: return chain
      case .void, .function, .variable, .dataSection, .declarationTag:
        throw BTFError(.unexpectedKind(current, found: record.kind, expected: "a type that can be declared"))
      }
    }
    throw BTFError(.chainTooDeep(id))
  }

  private mutating func write(_ chain: inout [TypeID], around name: String, level: Int) throws(BTFError) {
    // At the beginning, and after an opening parenthesis, no space is due either.
    var endsWithPointer = true
    while let id = chain.popLast() {
      guard id != .void else {
        writeQualifiers(takenFrom: &chain)
        text += "void"
        endsWithPointer = false
        continue
      }
      let record = try graph.existingRecord(id)
      switch record.kind {
      case .integer, .float, .typedef:
        writeQualifiers(takenFrom: &chain)
        text += self.name(of: record)
      case .structure, .union, .enumeration, .enumeration64:
        writeQualifiers(takenFrom: &chain)
        if record.nameOffset == 0 {
          try define(record, level: level)
        } else {
          text += record.kind.cKeyword + " " + self.name(of: record)
        }
      case .forward:
        writeQualifiers(takenFrom: &chain)
        text += (record.flag ? "union " : "struct ") + self.name(of: record)
      case .pointer: text += endsWithPointer ? "*" : " *"
      case .volatile: text += " volatile"
      case .const: text += " const"
      case .restrict: text += " restrict"
      case .typeTag:
        writeQualifiers(takenFrom: &chain)
        let tag = record.name
        text += record.flag ? " __attribute__((\(tag)))" : " __attribute__((btf_type_tag(\"\(tag)\")))"
      case .array:
        try writeArray(ArrayType(record: record), chain: &chain, around: name, endsWithPointer, level: level)
        return
      case .functionPrototype:
        try writeSignature(
          FunctionPrototype(record: record), chain: &chain, around: name, endsWithPointer, level: level)
        return
      case .void, .function, .variable, .dataSection, .declarationTag:
        throw BTFError(.unexpectedKind(id, found: record.kind, expected: "a type that can be declared"))
      }
      endsWithPointer = record.kind == .pointer
    }
    write(name: name, after: endsWithPointer)
  }

  private mutating func write(name: String, after pointer: Bool) {
    if !name.isEmpty, !pointer { text += " " }
    text += name
  }

  /// Writes qualifiers of the type that comes next before it, as C programmers do.
  private mutating func writeQualifiers(takenFrom chain: inout [TypeID]) {
    while let id = chain.last, let qualifier = graph.kind(of: id)?.cQualifier {
      text += qualifier + " "
      chain.removeLast()
    }
  }

  /// Drops qualifiers of arrays and signatures, which C has no place for.
  private func dropQualifiers(from chain: inout [TypeID]) {
    while let id = chain.last, graph.kind(of: id)?.cQualifier != nil { chain.removeLast() }
  }

  private mutating func writeArray(
    _ array: ArrayType, chain: inout [TypeID], around name: String, _ endsWithPointer: Bool, level: Int
  ) throws(BTFError) {
    dropQualifiers(from: &chain)
    if let outer = chain.last {
      if !name.isEmpty, !endsWithPointer { text += " " }
      // An array of arrays needs no parentheses.
      let isArray = graph.kind(of: outer) == .array
      if !isArray { text += "(" }
      try write(&chain, around: name, level: level)
      if !isArray { text += ")" }
    } else {
      write(name: name, after: endsWithPointer)
    }
    text += "[\(array.count)]"
  }

  private mutating func writeSignature(
    _ prototype: FunctionPrototype, chain: inout [TypeID], around name: String, _ endsWithPointer: Bool, level: Int
  ) throws(BTFError) {
    dropQualifiers(from: &chain)
    if chain.isEmpty {
      write(name: name, after: endsWithPointer)
    } else {
      text += " ("
      try write(&chain, around: name, level: level)
      text += ")"
    }
    text += "("
    let parameters = prototype.parameters
    for (index, parameter) in parameters.enumerated() {
      if index > 0 { text += ", " }
      try declare(parameter.type, named: parameter.name, level: level)
    }
    // Compilers write `(void)` as no parameter or as one of type void, which looks as `...` does after others.
    if parameters.isEmpty {
      text += "void"
    } else if prototype.isVariadic {
      text += ", ..."
    }
    text += ")"
  }
}

extension BTFKind {
  /// `struct`, `union` or `enum`.
  var cKeyword: String {
    switch self {
    case .union: "union"
    case .enumeration, .enumeration64: "enum"
    default: "struct"
    }
  }

  /// The keyword of a qualifier; nil for other kinds.
  var cQualifier: String? {
    switch self {
    case .volatile: "volatile"
    case .const: "const"
    case .restrict: "restrict"
    default: nil
    }
  }
}
