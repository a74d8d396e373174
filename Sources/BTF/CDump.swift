/// Writes all types of a graph as one C header, each after what it needs.
///
/// C wants a struct defined before it is embedded, and at least declared before it is pointed to. So each type is
/// first put in order with what it embeds (`order`), and while it is written, what its text mentions is declared
/// (`declareMentioned`). Order, forward declarations and the `___2` of second types of one name are those of libbpf's
/// `btf_dump`, so that the text is `bpftool btf dump … format c unsorted`'s.
public struct CDump {
  private let graph: TypeGraph
  private var printer: CPrinter
  private var states: [State]
  private var queue: [TypeID] = []
  private var typeNames: NameUses
  private var depth = 0

  private struct State {
    var order = Progress.none
    var output = Progress.none
    var isDeclared = false
    var isNamed = false
    /// Whether another type or member refers to it, so that its definition, if nameless, stands there.
    var isReferenced = false
  }

  private enum Progress: UInt8 { case none, begun, done }

  /// How a type binds what it refers to: by being in its memory, or only by its name.
  private enum Link { case weak, strong }

  /// Structs within structs, and what points to what while it is declared: compilers stay below a hundred.
  private static let depthLimit = 256

  /// A dump in which nothing is written yet.
  public init(of graph: TypeGraph) {
    self.graph = graph
    printer = CPrinter(graph: graph)
    printer.identifiers = NameUses(in: graph)
    printer.nameUses = Array(repeating: 1, count: graph.count)
    typeNames = NameUses(in: graph)
    states = Array(repeating: State(), count: graph.count)
    for id in graph.ids { markReferences(of: id) }
  }

  /// What has been written since the text was last taken.
  public mutating func takeText() -> String {
    defer { printer.text.removeAll(keepingCapacity: true) }
    return printer.string
  }

  /// How many bytes of text have been written since it was last taken.
  public var byteCount: Int { printer.text.count }

  /// Lends what has been written since the text was last taken, as bytes, and forgets it.
  ///
  /// Names stand in it as the graph has them, be they UTF-8 or not.
  public mutating func takeBytes<E: Error>(_ body: (ArraySlice<UInt8>) throws(E) -> Void) throws(E) {
    defer { printer.text.removeAll(keepingCapacity: true) }
    try body(printer.text[...])
  }

  /// Writes the definition of a type, and before it of all that it needs and that is not yet written.
  ///
  /// - Throws: for an id that is not there, and for a malformed graph.
  public mutating func define(_ id: TypeID) throws(BTFError) {
    guard id.rawValue < states.count else { throw BTFError(.unknownType(id)) }
    queue.removeAll(keepingCapacity: true)
    _ = try order(id, throughPointer: false)
    for id in queue {
      printer.begin()
      try declareMentioned(id, within: nil)
    }
  }
}

extension CDump {
  /// Writes a function's declaration, with the names that its types have in this dump.
  ///
  /// What it needs must have been written: see ``define(_:)``.
  ///
  /// - Parameter ending: what follows the declaration, before the semicolon.
  /// - Throws: for an id that is no function's, and for a malformed graph.
  public mutating func declareFunction(_ id: TypeID, ending: String = "") throws(BTFError) {
    guard let function = graph.view(id), function.kind == .function else {
      throw BTFError(.unexpectedKind(id, found: graph.kind(of: id) ?? .void, expected: "a function"))
    }
    printer.begin()
    printer.text.append(text: "extern ")
    try printer.declare(function.type, named: printer.name(at: function.nameOffset), level: 0)
    printer.text.append(contentsOf: ending.utf8)
    printer.text.append(text: ";\n")
  }
}

// MARK: - Order

extension CDump {
  private mutating func order(_ id: TypeID, throughPointer: Bool) throws(BTFError) -> Link {
    if id == .void { return .strong }
    let record = try graph.existingView(id)
    let index = Int(id.rawValue)
    if states[index].order == .done { return .strong }
    if states[index].order == .begun {
      if record.isComposite, throughPointer, record.nameOffset != 0 { return .weak }
      throw BTFError(.recursiveType(id))
    }
    try descend(id)
    defer { depth -= 1 }
    switch record.kind {
    case .integer, .float, .function, .variable, .dataSection, .declarationTag, .void:
      states[index].order = .done
      return .weak
    case .pointer:
      let link = try order(record.type, throughPointer: true)
      states[index].order = .done
      return link
    case .array: return try order(record.element, throughPointer: false)
    case .structure, .union:
      if throughPointer, record.nameOffset != 0 { return .weak }
      states[index].order = .begun
      for index in 0..<record.itemCount { _ = try order(record.member(index).type, throughPointer: false) }
      if record.nameOffset != 0 { queue.append(id) }
      states[index].order = .done
      return .strong
    case .enumeration, .enumeration64, .forward:
      if record.nameOffset != 0 || !states[index].isReferenced { queue.append(id) }
      states[index].order = .done
      return .strong
    case .typedef:
      let link = try order(record.type, throughPointer: throughPointer)
      if throughPointer, link == .weak { return .weak }
      // A typedef of a pointer to a struct with that typedef in it has been queued on the way.
      if states[index].order != .done { queue.append(id) }
      states[index].order = .done
      return .strong
    case .volatile, .const, .restrict, .typeTag: return try order(record.type, throughPointer: throughPointer)
    case .functionPrototype:
      var link = try order(record.type, throughPointer: throughPointer)
      for index in 0..<record.parameterCount {
        if try order(record.parameter(index).type, throughPointer: throughPointer) == .strong { link = .strong }
      }
      return link
    }
  }

  private mutating func descend(_ id: TypeID) throws(BTFError) {
    depth += 1
    if depth > Self.depthLimit {
      depth -= 1
      throw BTFError(.chainTooDeep(id))
    }
  }

  private mutating func markReferences(of id: TypeID) {
    guard let record = graph.view(id) else { return }
    switch record.kind {
    case .pointer, .typedef, .volatile, .const, .restrict, .typeTag, .variable, .function, .declarationTag:
      markReference(record.type)
    case .array: markReference(record.element)
    case .structure, .union:
      for index in 0..<record.itemCount { markReference(record.member(index).type) }
    case .functionPrototype:
      markReference(record.type)
      for index in 0..<record.itemCount { markReference(record.parameter(index).type) }
    case .dataSection:
      for index in 0..<record.itemCount { markReference(TypeID(record.word(index * 3))) }
    case .void, .integer, .enumeration, .enumeration64, .forward, .float: break
    }
  }

  private mutating func markReference(_ id: TypeID) {
    if states.indices.contains(Int(id.rawValue)) { states[Int(id.rawValue)].isReferenced = true }
  }
}

// MARK: - Output

extension CDump {
  /// Writes what a type's own text needs to be declared before it; at the top level, the type itself after that.
  ///
  /// - Parameter container: the definition in whose text the type is mentioned; nil at the top level.
  private mutating func declareMentioned(_ id: TypeID, within container: TypeID?) throws(BTFError) {
    if id == .void { return }
    let record = try graph.existingView(id)
    let index = Int(id.rawValue)
    if states[index].output == .done { return }
    if states[index].output == .begun {
      try declareWhileBegun(record, within: container)
      return
    }
    try descend(id)
    defer { depth -= 1 }
    switch record.kind {
    case .pointer, .volatile, .const, .restrict, .typeTag: try declareMentioned(record.type, within: container)
    case .array: try declareMentioned(record.element, within: container)
    case .functionPrototype:
      try declareMentioned(record.type, within: container)
      for index in 0..<record.parameterCount {
        try declareMentioned(record.parameter(index).type, within: container)
      }
    case .enumeration, .enumeration64:
      if container == nil {
        nameOnce(record)
        try writeDefinition(record)
      }
      states[index].output = .done
    case .forward:
      printer.text.append(text: record.flag ? "union " : "struct ")
      printer.write(printer.name(at: record.nameOffset))
      printer.text.append(text: ";\n\n")
      states[index].output = .done
    case .typedef:
      states[index].output = .begun
      try declareMentioned(record.type, within: id)
      try writeTypedef(record)
      states[index].output = .done
    case .structure, .union: try declareComposite(record, within: container)
    case .void, .integer, .float, .function, .variable, .dataSection, .declarationTag: states[index].output = .done
    }
  }

  private mutating func declareComposite(_ record: RecordView, within container: TypeID?) throws(BTFError) {
    let index = Int(record.id.rawValue)
    states[index].output = .begun
    let isAnonymous = record.nameOffset == 0
    if container == nil || isAnonymous {
      for index in 0..<record.itemCount {
        try declareMentioned(record.member(index).type, within: isAnonymous ? container ?? record.id : record.id)
      }
    } else if record.id != container {
      try writeForward(record)
    }
    if container == nil {
      nameOnce(record)
      try writeDefinition(record)
      states[index].output = .done
    } else {
      states[index].output = .none
    }
  }

  private mutating func declareWhileBegun(_ record: RecordView, within container: TypeID?) throws(BTFError) {
    switch record.kind {
    case .structure, .union:
      // What is part of a definition needs no declaration within it.
      if record.id == container || record.nameOffset == 0 { return }
      try writeForward(record)
    case .typedef: try writeTypedef(record)
    default: break
    }
  }

  private mutating func writeForward(_ record: RecordView) throws(BTFError) {
    let index = Int(record.id.rawValue)
    if states[index].isDeclared { return }
    states[index].isDeclared = true
    nameOnce(record)
    printer.text.append(text: record.kind.cKeyword)
    printer.text.append(text: " ")
    printer.write(printer.name(of: record))
    printer.text.append(text: ";\n\n")
  }

  private mutating func writeTypedef(_ record: RecordView) throws(BTFError) {
    let index = Int(record.id.rawValue)
    if states[index].isDeclared { return }
    states[index].isDeclared = true
    // Every compiler has this one.
    if graph.stringBytes(at: record.nameOffset).elementsEqual("__builtin_va_list".utf8) { return }
    nameOnce(record)
    printer.text.append(text: "typedef ")
    try printer.declare(record.type, named: printer.name(of: record), level: 0)
    printer.text.append(text: ";\n\n")
  }

  private mutating func writeDefinition(_ record: RecordView) throws(BTFError) {
    try printer.define(record, level: 0)
    printer.text.append(text: ";\n\n")
  }

  /// Gives a type its name when it is first written: the graph's, or that with a number when it is taken.
  private mutating func nameOnce(_ record: RecordView) {
    let index = Int(record.id.rawValue)
    guard record.nameOffset != 0, !states[index].isNamed else { return }
    states[index].isNamed = true
    let uses =
      record.kind == .typedef ? printer.identifiers?.use(record.nameOffset) : typeNames.use(record.nameOffset)
    printer.nameUses[index] = uses ?? 1
  }
}
