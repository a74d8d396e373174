import Diagnostics
import TraceLanguage

/// Runs a script's `begin` probe on the syntax tree, by the language's rules: what its program must do.
///
/// It shares no code with the compiler. Results are the maps and the values that were printed.
struct ScriptInterpreter {
  /// What the machine tells a script.
  struct Environment {
    var command: [UInt8]
    var process: UInt32
    var thread: UInt32
    var parent: UInt32
  }

  /// Statements run before an endless loop is suspected.
  static let stepLimit = 2_000_000

  struct TooLong: Error {}

  let script: Script
  let typing: OracleTyping
  let environment: Environment
  var variables: [SourceSpan: OracleValue] = [:]
  /// Plain maps by name and key; a scalar's key is nil.
  var maps: [String: [OracleValue?: OracleValue]] = [:]
  var aggregations: [String: [OracleValue?: OracleAccumulator]] = [:]
  /// The values of each `print` and `printf`, in order.
  var printed: [[OracleValue]] = []
  private var steps = 0

  /// Where the text goes on.
  enum Flow { case on, breaking, continuing, leaving }

  init(_ script: Script, environment: Environment) {
    self.script = script
    self.environment = environment
    typing = OracleTyping(script)
  }

  mutating func run() throws(TooLong) {
    for probe in script.probes {
      if let predicate = probe.predicate, try !evaluate(predicate).isTrue { continue }
      _ = try run(probe.body.statements)
    }
  }

  // MARK: Results

  /// Every map as lines of text, one per entry.
  func contents() -> [String: Set<String>] {
    var result: [String: Set<String>] = [:]
    for (name, type) in typing.values {
      let isKeyed = typing.keys[name] != nil
      var lines: Set<String> = []
      if case .aggregation(let aggregation) = type {
        var entries = aggregations[name] ?? [:]
        if !isKeyed, entries[nil] == nil { entries[nil] = OracleAccumulator() }
        for (key, value) in entries { lines.insert(Self.line(key, value.text(aggregation))) }
      } else {
        var entries = maps[name] ?? [:]
        if !isKeyed, entries[nil] == nil { entries[nil] = type.zero }
        for (key, value) in entries { lines.insert(Self.line(key, value.description)) }
      }
      result[name] = lines
    }
    return result
  }

  static func line(_ key: OracleValue?, _ value: String) -> String { key.map { "[\($0)] = \(value)" } ?? value }

  // MARK: Statements

  mutating func run(_ statements: [Statement]) throws(TooLong) -> Flow {
    for statement in statements {
      let flow = try run(statement)
      if flow != .on { return flow }
    }
    return .on
  }

  private mutating func run(_ statement: Statement) throws(TooLong) -> Flow {
    steps += 1
    if steps > Self.stepLimit { throw TooLong() }
    switch statement.kind {
    case .expression(let expression):
      if case .call(let call) = expression.kind, call.name.text == "exit" { return .leaving }
      _ = try evaluate(expression)
    case .discard(let expression): _ = try evaluate(expression)
    case .assignVariable(let assignment): try assign(assignment)
    case .assignMap(let map, let operation, let value): try assign(map, operation, value)
    case .declareVariable(let declaration):
      variables[declaration.name.span] = (typing.variables[declaration.name.span] ?? .int64).zero
    case .ifElse(let condition, let then, let otherwise):
      if try evaluate(condition).isTrue { return try run(then.statements) }
      if let otherwise { return try run(otherwise.statements) }
    case .whileLoop(let condition, let body):
      while try evaluate(condition).isTrue {
        let flow = try run(body.statements)
        if flow == .breaking { break }
        if flow == .leaving { return .leaving }
        steps += 1
        if steps > Self.stepLimit { throw TooLong() }
      }
    case .forMap(let variable, let map, let body): return try runEach(variable, map, body)
    case .forRange(let variable, let from, let to, let body):
      let first = try evaluate(from).number, end = try evaluate(to).number
      var index = first
      while index < end {
        variables[variable.span] = .number(index)
        let flow = try run(body.statements)
        if flow == .breaking { break }
        if flow == .leaving { return .leaving }
        index += 1
      }
    case .unroll(let count, let body):
      for _ in 0..<(OracleTyping.literal(count) ?? 0) {
        let flow = try run(body.statements)
        if flow == .breaking { break }
        if flow == .leaving { return .leaving }
      }
    case .breakLoop: return .breaking
    case .continueLoop: return .continuing
    case .returnValue(let value):
      if let value { _ = try evaluate(value) }
      return .leaving
    case .block(let block): return try run(block.statements)
    }
    return .on
  }

  private mutating func runEach(_ variable: Name, _ map: MapReference, _ body: Block) throws(TooLong) -> Flow {
    var entries: [OracleValue] = []
    if case .aggregation(let aggregation)? = typing.values[map.name.text] {
      for (key, value) in aggregations[map.name.text] ?? [:] {
        if let key { entries.append(.tuple([key, .number(value.number(aggregation))])) }
      }
    } else {
      for (key, value) in maps[map.name.text] ?? [:] { if let key { entries.append(.tuple([key, value])) } }
    }
    for entry in entries {
      variables[variable.span] = entry
      let flow = try run(body.statements)
      if flow == .breaking { break }
      if flow == .leaving { return .leaving }
    }
    return .on
  }

  // MARK: Assignments

  private mutating func assign(_ assignment: VariableAssignment) throws(TooLong) {
    guard let declaration = typing.declarations[assignment.name.span] else { return }
    let type = typing.variables[declaration] ?? .unknown
    switch assignment.operation {
    case .set: variables[declaration] = stored(try evaluate(assignment.value), as: type)
    case .compound(let operation):
      let before = variables[declaration] ?? .number(0)
      let right = try evaluate(assignment.value)
      let isSigned = OracleTyping.isSigned(
        type, nil, typing.type(of: assignment.value), OracleTyping.literal(assignment.value))
      variables[declaration] = stored(.number(Self.compute(operation, before, right, isSigned: isSigned)), as: type)
    }
  }

  /// A value as a variable of that type keeps it.
  func stored(_ value: OracleValue, as type: OracleType) -> OracleValue {
    guard case .integer = type, case .number(let number) = value else { return value }
    return .number(Self.cast(number, to: type))
  }

  private mutating func assign(
    _ map: MapReference, _ operation: AssignmentOperator, _ value: Expression
  ) throws(TooLong) {
    let name = map.name.text
    if case .aggregation(let aggregation)? = typing.values[name], case .call(let call) = value.kind {
      var number: Int64 = 1
      if let argument = call.arguments.first { number = try evaluate(argument).number }
      let key = try key(of: map)
      aggregations[name, default: [:]][key, default: OracleAccumulator()].add(number, to: aggregation)
      return
    }
    let right = try evaluate(value)
    let key = try key(of: map)
    switch operation {
    case .set: maps[name, default: [:]][key] = right
    case .compound(let operation):
      let type = typing.values[name] ?? .int64
      let before = maps[name]?[key] ?? .number(0)
      let isSigned = OracleTyping.isSigned(type, nil, typing.type(of: value), OracleTyping.literal(value))
      maps[name, default: [:]][key] = .number(Self.compute(operation, before, right, isSigned: isSigned))
    }
  }

  mutating func key(of map: MapReference) throws(TooLong) -> OracleValue? {
    if map.keys.isEmpty { return nil }
    if map.keys.count == 1 { return try evaluate(map.keys[0]) }
    var parts: [OracleValue] = []
    for key in map.keys { parts.append(try evaluate(key)) }
    return .tuple(parts)
  }
}
