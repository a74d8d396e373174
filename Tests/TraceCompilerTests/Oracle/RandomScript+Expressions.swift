/// Expressions of a wanted kind.
extension RandomScript {
  /// A value to assign: an integer is never of the type `bool`, which would not count.
  mutating func value(of kind: Kind) -> String {
    let text = expression(kind, expressionDepth)
    return text
  }

  mutating func expression(_ kind: Kind, _ depth: Int) -> String {
    switch kind {
    case .integer: integer(depth)
    case .text: text(depth)
    case .tuple(let kinds): tuple(kinds, depth)
    case .record(let kinds): record(kinds, depth)
    }
  }

  // MARK: Integers

  private static let edges: [String] = [
    "0", "1", "2", "3", "7", "10", "100", "127", "128", "255", "256", "1000", "32767", "32768", "65535", "65536",
    "0x7fffffff", "0x80000000", "0xffffffff", "0x100000000", "0x7fffffffffffffff", "0x8000000000000000",
    "0xffffffffffffffff", "1_000_000", "5ms", "1e6",
  ]

  mutating func literal() -> String {
    switch below(6) {
    case 0, 1: String(below(10))
    case 2: pick(Self.edges)
    case 3: "(-\(pick(["1", "2", "5", "128", "129", "40000", "0x80000000", "0x80000001", "0x7fffffffffffffff"])))"
    case 4: String(random.next() >> UInt64(below(64)))
    default: String(below(200))
    }
  }

  mutating func integer(_ depth: Int) -> String {
    guard depth > 0 else { return integerLeaf() }
    switch below(26) {
    case 0...9:
      let operation = pick(["+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>", "+", "-", "*"])
      return "(\(integer(depth - 1)) \(operation) \(integer(depth - 1)))"
    case 10: return "(-\(integer(depth - 1)))"
    case 11: return "(~\(integer(depth - 1)))"
    case 12, 13:
      return
        "((\(pick(["int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"])))\(integer(depth - 1)))"
    case 14, 15: return "(\(condition(depth - 1)) ? \(integer(depth - 1)) : \(integer(depth - 1)))"
    case 16: return "(\(integer(depth - 1)) ?: \(integer(depth - 1)))"
    case 17: return "(\(condition(depth - 1)) + \(integer(depth - 1)))"
    case 18: return "bswap((\(pick(["uint8", "uint16", "uint32", "uint64", "int32"])))\(integer(depth - 1)))"
    case 19: return "(if \(condition(depth - 1)) { \(integer(depth - 1)) } else { \(integer(depth - 1)) })"
    case 20:
      let name = newName("$b")
      let value = integer(depth - 1)
      scopes.append([Variable(name: name, kind: .integer)])
      let text = "({ \(name) = \(value); \(integer(depth - 1)) })"
      scopes.removeLast()
      return text
    case 21: return "\(stringValue(depth - 1))[\(below(2))]"
    case 22: if allowsEffects, let text = update() { return text }
    default: break
    }
    return integerLeaf()
  }

  /// A string in a form that an index can follow: a variable, or a literal of at least one letter.
  private mutating func stringValue(_ depth: Int) -> String {
    let variables = readable.filter { $0.kind == .text }
    // The shortest string variable has room for one byte, its NUL.
    if variables.isEmpty || isOnce(in: 2) { return "\"ab\(pick(["", "c", "def"]))\"" }
    return "str(\(pick(variables).name) == \"x\" ? \"yy\" : \"zz\")"
  }

  private mutating func integerLeaf() -> String {
    let variables = readable.filter { $0.kind == .integer }
    switch below(10) {
    case 0...4 where !variables.isEmpty: return pick(variables).name
    case 5: if let text = mapRead(.integer) { return text }
    case 6: if let text = element(.integer) { return text }
    case 7: if let text = aggregate() { return text }
    case 8 where isOnce(in: 3): return pick(["pid", "tid", "ppid", "curtask->pid", "curtask.tgid"])
    case 9 where isOnce(in: 8): return "curtask->real_parent->tgid"
    default: break
    }
    return literal()
  }

  /// `$v++` and its forms.
  private mutating func update() -> String? {
    if isOnce(in: 3) {
      let shapes = maps.filter { $0.value == .plain(.integer) && !iterated.contains($0.name) }
      if let shape = shapes.randomElement(using: &random) {
        let place = mapPlace(shape, depth: 0)
        return pick(["(\(place)++)", "(\(place)--)", "(++\(place))", "(--\(place))"])
      }
    }
    let variables = readable.filter { $0.kind == .integer && $0.isAssignable }
    guard let name = variables.randomElement(using: &random)?.name else { return nil }
    return pick(["(\(name)++)", "(\(name)--)", "(++\(name))", "(--\(name))"])
  }

  mutating func condition(_ depth: Int) -> String {
    guard depth > 0 else { return "(\(integer(0)) \(comparison()) \(integer(0)))" }
    switch below(14) {
    case 0...4: return "(\(integer(depth - 1)) \(comparison()) \(integer(depth - 1)))"
    case 5: return "(\(text(depth - 1)) \(pick(["==", "!="])) \(text(depth - 1)))"
    case 6: return "(\(condition(depth - 1)) && \(condition(depth - 1)))"
    case 7: return "(\(condition(depth - 1)) || \(condition(depth - 1)))"
    case 8: return "(!\(isOnce(in: 2) ? condition(depth - 1) : integer(depth - 1)))"
    case 9:
      let keyed = maps.filter { $0.key.count == 1 }
      guard let shape = keyed.randomElement(using: &random) else { break }
      return "has_key(\(shape.name), \(expression(shape.key[0], depth - 1)))"
    case 10: return "(strncmp(\(text(depth - 1)), \(text(depth - 1)), \(below(6))) \(pick(["==", "!="])) 0)"
    case 11:
      let kinds: [Kind] = pick([[.integer, .integer], [.integer, .text], [.text, .text]])
      if isOnce(in: 3) { return "(\(record(kinds, depth - 1)) \(pick(["==", "!="])) \(record(kinds, depth - 1)))" }
      return "(\(tuple(kinds, depth - 1)) \(pick(["==", "!="])) \(tuple(kinds, depth - 1)))"
    case 12: return pick(["true", "false"])
    default: break
    }
    return "((bool)\(integer(depth - 1)))"
  }

  private mutating func comparison() -> String { pick(["==", "!=", "<", ">", "<=", ">="]) }

  // MARK: Strings

  mutating func textLiteral() -> String {
    let count = pick([0, 1, 1, 2, 3, 3, 5, 7, 8, 9, 15, 16, 20, isOnce(in: 10) ? 90 : 4])
    return "\"" + String((0..<count).map { _ in pick(["a", "b", "c"]) }.joined()) + "\""
  }

  mutating func text(_ depth: Int) -> String {
    let variables = readable.filter { $0.kind == .text }
    switch below(depth > 0 ? 12 : 8) {
    case 0...2 where !variables.isEmpty: return pick(variables).name
    case 3: if let text = mapRead(.text) { return text }
    case 4: if let text = element(.text) { return text }
    case 5 where isOnce(in: 3): return pick(["comm", "curtask->comm", "str(curtask->comm)", "str(curtask->comm, 4)"])
    case 8, 9: return "(\(condition(depth - 1)) ? \(text(depth - 1)) : \(text(depth - 1)))"
    case 10, 11: return "str(\(text(depth - 1)), \(1 + below(12)))"
    default: break
    }
    return textLiteral()
  }

  // MARK: Tuples

  mutating func tuple(_ kinds: [Kind], _ depth: Int) -> String {
    let variables = readable.filter { $0.kind == .tuple(kinds) }
    switch below(8) {
    case 0...1 where !variables.isEmpty: return pick(variables).name
    case 2: if let text = mapRead(.tuple(kinds)) { return text }
    case 3: if let text = element(.tuple(kinds)) { return text }
    case 4 where depth > 0: return "(\(condition(depth - 1)) ? \(tuple(kinds, depth - 1)) : \(tuple(kinds, depth - 1)))"
    default: break
    }
    return tupleLiteral(kinds, depth)
  }

  private mutating func tupleLiteral(_ kinds: [Kind], _ depth: Int) -> String {
    "(" + kinds.map { expression($0, max(0, depth - 1)) }.joined(separator: ", ") + ")"
  }

  mutating func record(_ kinds: [Kind], _ depth: Int) -> String {
    let variables = readable.filter { $0.kind == .record(kinds) }
    switch below(8) {
    case 0...1 where !variables.isEmpty: return pick(variables).name
    case 2: if let text = mapRead(.record(kinds)) { return text }
    case 3: if let text = element(.record(kinds)) { return text }
    case 4 where depth > 0:
      return "(\(condition(depth - 1)) ? \(record(kinds, depth - 1)) : \(record(kinds, depth - 1)))"
    default: break
    }
    let fields = kinds.enumerated().map { "f\($0) = \(expression($1, max(0, depth - 1)))" }
    return "(" + fields.joined(separator: ", ") + ")"
  }

  /// An element of a tuple or record that is at hand, as deep inside as need be.
  private mutating func element(_ kind: Kind) -> String? {
    var found: [String] = []
    func search(_ text: String, _ own: Kind) {
      let (kinds, prefix): ([Kind], String)
      switch own {
      case .tuple(let parts): (kinds, prefix) = (parts, "")
      case .record(let parts): (kinds, prefix) = (parts, "f")
      case .integer, .text: return
      }
      for (index, part) in kinds.enumerated() {
        let place = "\(text).\(prefix)\(index)"
        if part == kind { found.append(place) }
        search(place, part)
      }
    }
    for variable in readable { search(variable.name, variable.kind) }
    return found.randomElement(using: &random)
  }

  // MARK: Maps

  mutating func mapPlace(_ shape: MapShape, depth: Int) -> String {
    if shape.key.isEmpty { return shape.name }
    let effects = allowsEffects
    allowsEffects = false
    defer { allowsEffects = effects }
    // Few keys, so that they are met again.
    let keys = shape.key.map { kind in
      kind == .integer && isOnce(in: 2) ? String(below(4)) : expression(kind, depth)
    }
    return "\(shape.name)[\(keys.joined(separator: ", "))]"
  }

  private mutating func mapRead(_ kind: Kind) -> String? {
    guard let shape = maps.filter({ $0.value == .plain(kind) }).randomElement(using: &random) else { return nil }
    return mapPlace(shape, depth: below(2))
  }

  /// An aggregation read as a number.
  private mutating func aggregate() -> String? {
    let shapes = maps.filter { shape in
      if case .aggregation(let function) = shape.value {
        ["count", "sum", "min", "max", "avg"].contains(function)
      } else {
        false
      }
    }
    guard let shape = shapes.randomElement(using: &random) else { return nil }
    return "(\(mapPlace(shape, depth: 0)) + 0)"
  }
}
