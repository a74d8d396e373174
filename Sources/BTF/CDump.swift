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
  private var typeNames: [String: Int] = [:]
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
    printer.identifiers = [:]
    states = Array(repeating: State(), count: graph.count)
    for id in graph.ids { markReferences(of: id) }
  }

  /// What has been written since the text was last taken.
  public mutating func takeText() -> String {
    defer { printer.text.removeAll(keepingCapacity: true) }
    return printer.text
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
    guard case .function(let function) = try graph.type(id) else {
      throw BTFError(.unexpectedKind(id, found: graph.kind(of: id) ?? .void, expected: "a function"))
    }
    printer.begin()
    printer.text += "extern "
    try printer.declare(function.prototype, named: function.name, level: 0)
    printer.text += "\(ending);\n"
  }
}

// MARK: - Order

extension CDump {
  private mutating func order(_ id: TypeID, throughPointer: Bool) throws(BTFError) -> Link {
    if id == .void { return .strong }
    let record = try graph.existingRecord(id)
    let index = Int(id.rawValue)
    if states[index].order == .done { return .strong }
    let isComposite = record.kind == .structure || record.kind == .union
    if states[index].order == .begun {
      if isComposite, throughPointer, record.nameOffset != 0 { return .weak }
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
    case .array: return try order(ArrayType(record: record).element, throughPointer: false)
    case .structure, .union:
      if throughPointer, record.nameOffset != 0 { return .weak }
      states[index].order = .begun
      for member in CompositeType(record: record).members { _ = try order(member.type, throughPointer: false) }
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
      for parameter in FunctionPrototype(record: record).parameters {
        if try order(parameter.type, throughPointer: throughPointer) == .strong { link = .strong }
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
    guard let record = graph.record(id) else { return }
    switch record.kind {
    case .pointer, .typedef, .volatile, .const, .restrict, .typeTag, .variable, .function, .declarationTag:
      markReference(record.type)
    case .array: markReference(ArrayType(record: record).element)
    case .structure, .union:
      for index in 0..<record.itemCount { markReference(TypeID(record.word(index * 3 + 1))) }
    case .functionPrototype:
      markReference(record.type)
      for index in 0..<record.itemCount { markReference(TypeID(record.word(index * 2 + 1))) }
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
    let record = try graph.existingRecord(id)
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
    case .array: try declareMentioned(ArrayType(record: record).element, within: container)
    case .functionPrototype:
      try declareMentioned(record.type, within: container)
      for parameter in FunctionPrototype(record: record).parameters {
        try declareMentioned(parameter.type, within: container)
      }
    case .enumeration, .enumeration64:
      if container == nil {
        nameOnce(record)
        try writeDefinition(record)
      }
      states[index].output = .done
    case .forward:
      printer.text += (record.flag ? "union " : "struct ") + record.name + ";\n\n"
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

  private mutating func declareComposite(_ record: TypeRecord, within container: TypeID?) throws(BTFError) {
    let index = Int(record.id.rawValue)
    states[index].output = .begun
    let isAnonymous = record.nameOffset == 0
    if container == nil || isAnonymous {
      for member in CompositeType(record: record).members {
        try declareMentioned(member.type, within: isAnonymous ? container ?? record.id : record.id)
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

  private mutating func declareWhileBegun(_ record: TypeRecord, within container: TypeID?) throws(BTFError) {
    switch record.kind {
    case .structure, .union:
      // What is part of a definition needs no declaration within it.
      if record.id == container || record.nameOffset == 0 { return }
      try writeForward(record)
    case .typedef: try writeTypedef(record)
    default: break
    }
  }

  private mutating func writeForward(_ record: TypeRecord) throws(BTFError) {
    let index = Int(record.id.rawValue)
    if states[index].isDeclared { return }
    states[index].isDeclared = true
    nameOnce(record)
    printer.text += (record.kind == .union ? "union " : "struct ") + printer.name(of: record) + ";\n\n"
  }

  private mutating func writeTypedef(_ record: TypeRecord) throws(BTFError) {
    let index = Int(record.id.rawValue)
    if states[index].isDeclared { return }
    states[index].isDeclared = true
    // Every compiler has this one.
    if record.name == "__builtin_va_list" { return }
    nameOnce(record)
    printer.text += "typedef "
    try printer.declare(record.type, named: printer.name(of: record), level: 0)
    printer.text += ";\n\n"
  }

  private mutating func writeDefinition(_ record: TypeRecord) throws(BTFError) {
    try printer.define(record, level: 0)
    printer.text += ";\n\n"
  }

  /// Gives a type its name when it is first written: the graph's, or that with a number when it is taken.
  private mutating func nameOnce(_ record: TypeRecord) {
    let index = Int(record.id.rawValue)
    guard record.nameOffset != 0, !states[index].isNamed else { return }
    states[index].isNamed = true
    let name = record.name
    let count: Int
    if record.kind == .typedef {
      count = (printer.identifiers?[name] ?? 0) + 1
      printer.identifiers?[name] = count
    } else {
      count = (typeNames[name] ?? 0) + 1
      typeNames[name] = count
    }
    if count > 1 { printer.renamed[record.id] = "\(name)___\(count)" }
  }
}
