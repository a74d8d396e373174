/// A well-typed script made up from a seed, as text.
///
/// It has one `begin` probe, asks the machine nothing but its own command name and process id, and leaves everything
/// that it computed in maps, so that running it and interpreting it can be compared.
struct RandomScript {
  /// What a variable, a key or a value holds.
  indirect enum Kind: Equatable {
    case integer
    case text
    case tuple([Kind])
    /// A record with the fields `f0`, `f1` and so on.
    case record([Kind])
  }

  struct Variable {
    var name: String
    var kind: Kind
    /// Loops' variables and loops' counters are read only.
    var isAssignable = true
    /// A declared type of less than 64 bits: only literals that fit are assigned.
    var literals: ClosedRange<Int64>?
  }

  struct MapShape {
    var name: String
    var key: [Kind]
    var value: Value

    enum Value: Equatable {
      case plain(Kind)
      case aggregation(String)
    }
  }

  var random: SeededGenerator
  var lines: [String] = []
  var indentation = 1
  var scopes: [[Variable]] = [[]]
  var maps: [MapShape] = []
  var budget: Int
  var names = 0
  /// How many loops are around the statement, and how often it runs at the most.
  var loopDepth = 0
  var rounds = 1
  /// Maps that loops go over, which must not change meanwhile.
  var iterated: Set<String> = []
  /// Whether expressions may change what other expressions read.
  var allowsEffects = false
  /// How deep expressions are nested.
  var expressionDepth = 3

  /// The script of a seed, of about `size` statements.
  static func make(seed: UInt64, size: Int) -> String {
    var maker = RandomScript(random: SeededGenerator(seed: seed), budget: size)
    return maker.make()
  }

  private init(random: SeededGenerator, budget: Int) {
    self.random = random
    self.budget = budget
  }

  mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }

  mutating func isOnce(in count: Int) -> Bool { below(count) == 0 }

  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

  mutating func newName(_ prefix: String) -> String {
    names += 1
    return "\(prefix)\(names)"
  }

  mutating func line(_ text: String) { lines.append(String(repeating: "  ", count: indentation) + text) }

  private mutating func make() -> String {
    expressionDepth = pick([2, 3, 3, 3, 4, budget > 60 ? 7 : 5])
    declareMaps()
    // Each map has its types from here on; before that, none is read.
    let shapes = maps
    maps = []
    for shape in shapes { assignMap(shape) }
    maps = shapes
    let predicate = isOnce(in: 8) ? "/\(condition(2)) || 1/ " : ""
    let variableCount = isOnce(in: 6) ? 24 : 2 + below(5)
    for _ in 0..<variableCount { newVariable() }
    statements(depth: 0)
    for variable in scopes[0] { line("@r_\(variable.name.dropFirst()) = \(variable.name);") }
    if isOnce(in: 2) {
      let integers = scopes[0].filter { $0.kind == .integer }.map(\.name)
      if integers.count > 1 { line("@all = \(integers.joined(separator: " ^ "));") }
    }
    let machine =
      pick(["", "v2 ", "v3 ", "namespace ", "warnings 0 ", "warnings 2 ", "v2 warnings 2 ", "hidden "])
      + pick(["", "", "", "uprobe", "tracepoint", "interval"])
    let header = machine.isEmpty ? "" : "//! \(machine)\n"
    return "\(header)begin \(predicate){\n" + lines.joined(separator: "\n") + "\n}"
  }

  // MARK: Shapes

  private mutating func kind(depth: Int = 2) -> Kind {
    switch below(depth > 0 ? 8 : 6) {
    case 0..<4: .integer
    case 4, 5: .text
    case 6 where isOnce(in: 2): .record((0..<(1 + below(3))).map { _ in kind(depth: depth - 1) })
    default: .tuple((0..<(2 + below(2))).map { _ in kind(depth: depth - 1) })
    }
  }

  private mutating func declareMaps() {
    for _ in 0..<(2 + below(6)) {
      let key: [Kind] =
        switch below(5) {
        case 0: []
        case 1, 2: [.integer]
        case 3: [kind()]
        default: (0..<(1 + below(3))).map { _ in kind(depth: 1) }
        }
      let value: MapShape.Value =
        isOnce(in: 3)
        ? .aggregation(pick(["count", "sum", "min", "max", "avg", "stats", "hist", "hist2", "lhist"])) : .plain(kind())
      maps.append(MapShape(name: newName("@m"), key: key, value: value))
    }
  }

  // MARK: Variables

  var readable: [Variable] { scopes.flatMap { $0 } }

  mutating func declare(_ variable: Variable) { scopes[scopes.count - 1].append(variable) }

  mutating func newVariable() {
    let name = newName("$v")
    switch below(8) {
    case 0:
      let type = pick(["int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"])
      let literals: ClosedRange<Int64> = type.hasPrefix("u") ? 0...127 : -128...127
      line("let \(name): \(type)\(isOnce(in: 3) ? "" : " = \(Int64.random(in: literals, using: &random))");")
      declare(Variable(name: name, kind: .integer, literals: literals))
    case 1:
      line("let \(name);")
      let kind = kind()
      line("\(name) = \(value(of: kind));")
      declare(Variable(name: name, kind: kind))
    default:
      let kind = kind()
      line("\(isOnce(in: 4) ? "let " : "")\(name) = \(value(of: kind));")
      declare(Variable(name: name, kind: kind))
    }
  }
}
