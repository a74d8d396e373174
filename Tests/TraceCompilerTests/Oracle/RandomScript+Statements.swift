/// Statements.
extension RandomScript {
  mutating func statements(depth: Int) {
    for _ in 0..<(1 + below(6)) where budget > 0 {
      budget -= 1
      statement(depth: depth)
    }
  }

  private mutating func statement(depth: Int) {
    switch below(depth < 4 ? 30 : 18) {
    case 0...2: newVariable()
    case 3...6: assign()
    case 7, 8: compound()
    case 9: countUp()
    case 10...14: assignMap(pick(maps))
    case 15: delete()
    case 16: printing()
    case 17: leave()
    case 18...21: branch(depth: depth)
    case 22, 23: forRange(depth: depth)
    case 24, 25: whileLoop(depth: depth)
    case 26: forMap()
    case 27: forEach(depth: depth)
    case 28: unroll(depth: depth)
    default: block("{", depth: depth)
    }
  }

  // MARK: Simple statements

  private mutating func withEffects(_ body: (inout RandomScript) -> Void) {
    allowsEffects = true
    body(&self)
    allowsEffects = false
  }

  private mutating func assign() {
    guard let variable = readable.filter(\.isAssignable).randomElement(using: &random) else { return }
    if let literals = variable.literals {
      line("\(variable.name) = \(Int64.random(in: literals, using: &random));")
      return
    }
    withEffects { $0.line("\(variable.name) = \($0.value(of: variable.kind));") }
  }

  private static let compoundOperators = ["+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>="]

  private mutating func compound() {
    let variables = readable.filter { $0.kind == .integer && $0.isAssignable }
    let shapes = maps.filter { $0.value == .plain(.integer) && !iterated.contains($0.name) }
    if isOnce(in: 2), let shape = shapes.randomElement(using: &random) {
      line("\(mapPlace(shape, depth: 1)) \(pick(Self.compoundOperators)) \(integer(expressionDepth));")
    } else if let variable = variables.randomElement(using: &random) {
      line("\(variable.name) \(pick(Self.compoundOperators)) \(integer(expressionDepth));")
    }
  }

  private mutating func countUp() {
    let variables = readable.filter { $0.kind == .integer && $0.isAssignable }
    let shapes = maps.filter { $0.value == .plain(.integer) && !iterated.contains($0.name) }
    let operation = pick(["++", "--"])
    if isOnce(in: 2), let shape = shapes.randomElement(using: &random) {
      line("\(mapPlace(shape, depth: 1))\(operation);")
    } else if let variable = variables.randomElement(using: &random) {
      line(isOnce(in: 2) ? "\(variable.name)\(operation);" : "\(operation)\(variable.name);")
    }
  }

  mutating func assignMap(_ shape: MapShape) {
    if iterated.contains(shape.name) { return }
    let place = mapPlace(shape, depth: 1)
    switch shape.value {
    case .plain(let kind): line("\(place) = \(value(of: kind));")
    case .aggregation(let function): line("\(place) = \(call(of: function, integer(expressionDepth - 1)));")
    }
  }

  private func call(of function: String, _ value: String) -> String {
    switch function {
    case "count": "count()"
    case "hist2": "hist(\(value), 2)"
    case "lhist": "lhist(\(value), -20, 200, 11)"
    default: "\(function)(\(value))"
    }
  }

  private mutating func delete() {
    let shape = pick(maps)
    if iterated.contains(shape.name) { return }
    if shape.key.count == 1, isOnce(in: 2) {
      line("delete(\(shape.name), \(expression(shape.key[0], 1)));")
    } else {
      line("delete(\(mapPlace(shape, depth: 1)));")
    }
  }

  private mutating func printing() {
    // What is printed must fit the ring buffer.
    if rounds > 200 { return }
    switch below(4) {
    case 0: line("print(\(tuple([.integer, .text], 1)));")
    case 1: line("print(\(integer(expressionDepth)));")
    case 2: line("print(\(text(2)));")
    default: line("printf(\"%d %s %s\\n\", \(integer(2)), \(text(1)), \(tuple([.text, .integer], 1)));")
    }
  }

  private mutating func leave() {
    let word = loopDepth == 0 ? pick(["return;", "exit();"]) : pick(["break;", "continue;", "return;"])
    // Leaving at the top ends all.
    if loopDepth == 0, !isOnce(in: 3) { return }
    line("if (\(condition(expressionDepth - 1))) { \(word) }")
  }

  // MARK: Compound statements

  mutating func block(_ head: String, declaring variables: [Variable] = [], depth: Int) {
    line(head)
    indentation += 1
    scopes.append(variables)
    statements(depth: depth + 1)
    scopes.removeLast()
    indentation -= 1
    line("}")
  }

  private mutating func branch(depth: Int) {
    block("if \(condition(expressionDepth)) {", depth: depth)
    if isOnce(in: 2) {
      lines[lines.count - 1] += " else {"
      indentation += 1
      scopes.append([])
      statements(depth: depth + 1)
      scopes.removeLast()
      indentation -= 1
      line("}")
    }
  }

  private mutating func looping(_ count: Int, _ body: (inout RandomScript) -> Void) {
    let before = rounds
    rounds *= max(1, count)
    loopDepth += 1
    body(&self)
    loopDepth -= 1
    rounds = before
  }

  private mutating func forRange(depth: Int) {
    let count = rounds > 500 ? 2 : pick([0, 1, 3, 5, 12])
    let start = pick([0, 0, 1, -3, 250])
    let name = newName("$i")
    looping(count) {
      $0.block(
        "for (\(name) : \(start)..\(start + count)) {",
        declaring: [Variable(name: name, kind: .integer, isAssignable: false)], depth: depth + 1)
    }
  }

  private mutating func whileLoop(depth: Int) {
    let count = rounds > 500 ? 2 : pick([0, 1, 4, 9])
    let name = newName("$w")
    line("\(name) = 0;")
    let counter = Variable(name: name, kind: .integer, isAssignable: false)
    declare(counter)
    let extra = isOnce(in: 3) ? " && \(condition(1))" : ""
    looping(count) { maker in
      maker.line("while (\(name) < \(count)\(extra)) {")
      maker.indentation += 1
      maker.line("\(name)++;")
      maker.scopes.append([])
      maker.statements(depth: depth + 2)
      maker.scopes.removeLast()
      maker.indentation -= 1
      maker.line("}")
    }
  }

  private mutating func unroll(depth: Int) {
    let count = rounds > 200 || lines.count > 200 ? 2 : pick([1, 2, 3, 5, 20, isOnce(in: 4) ? 100 : 4])
    let kept = budget
    if count > 5 { budget = min(budget, 2) }
    looping(count) { $0.block("unroll(\(count)) {", depth: count > 5 ? 4 : depth + 2) }
    budget = min(budget, kept)
    if count > 5 { budget = max(0, kept - 12) }
  }

  /// A loop over a map that only counts: nothing depends on the entry.
  private mutating func forEach(depth: Int) {
    let keyed = maps.filter { shape in
      !shape.key.isEmpty
        && ![.aggregation("stats"), .aggregation("hist"), .aggregation("hist2"), .aggregation("lhist")]
          .contains(shape.value)
    }
    guard let shape = keyed.randomElement(using: &random), rounds < 500 else { return }
    let isNew = iterated.insert(shape.name).inserted
    looping(6) { $0.block("for (\($0.newName("$e")) : \(shape.name)) {", depth: depth + 1) }
    if isNew { iterated.remove(shape.name) }
  }

  /// A loop over a map, whose result does not depend on the order of the entries.
  private mutating func forMap() {
    let shapes = maps.filter { shape in
      if shape.key.isEmpty { return false }
      if case .aggregation(let function) = shape.value {
        return !["stats", "hist", "hist2", "lhist"].contains(function)
      }
      return true
    }
    guard let shape = shapes.randomElement(using: &random), rounds < 500 else { return }
    let name = newName("$kv")
    var value = Kind.integer
    if case .plain(let kind) = shape.value { value = kind }
    let key = shape.key.count == 1 ? shape.key[0] : .tuple(shape.key)
    let entry = Variable(name: name, kind: .tuple([key, value]), isAssignable: false)

    // Only the entry is read, and only sums are kept.
    let (outerScopes, outerMaps) = (scopes, maps)
    let sums = scopes.flatMap { $0 }.filter { $0.kind == .integer && $0.isAssignable && $0.literals == nil }
    scopes = [[entry]]
    maps = []
    line("for (\(name) : \(shape.name)) {")
    indentation += 1
    for _ in 0..<(1 + below(3)) {
      let isConditional = isOnce(in: 3)
      if isConditional {
        line("if \(condition(2)) {")
        indentation += 1
      }
      let targets = outerMaps.filter { $0.name != shape.name && !iterated.contains($0.name) }
      switch below(4) {
      case 0:
        let aggregating = targets.filter { target in
          if case .aggregation = target.value { target.key.isEmpty } else { false }
        }
        if let target = aggregating.randomElement(using: &random), case .aggregation(let function) = target.value {
          line("\(target.name) = \(call(of: function, integer(2)));")
        }
      case 1:
        let counting = targets.filter { $0.value == .plain(.integer) && $0.key == [.integer] }
        if let target = counting.randomElement(using: &random) {
          line("\(target.name)[\(integer(1))] += \(integer(2));")
        }
      case 2: if let target = sums.randomElement(using: &random) { line("\(target.name) += \(integer(2));") }
      default:
        let inner = newName("$t")
        line("\(inner) = \(integer(2));")
        if let target = sums.randomElement(using: &random) { line("\(target.name) -= \(inner);") }
      }
      if isConditional {
        indentation -= 1
        line("}")
      }
    }
    indentation -= 1
    line("}")
    (scopes, maps) = (outerScopes, outerMaps)
  }
}
