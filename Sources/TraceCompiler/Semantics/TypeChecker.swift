import Diagnostics
import TraceLanguage

/// Finds the type of every expression, variable and map, and everything that is wrong with them.
///
/// Maps live across probes and may be read before the text writes them, so that the walk over all bodies is repeated
/// until no type grows any more; only what the last round reports counts.
struct TypeChecker {
  let script: Script
  let catalog: TypeCatalog
  let configuration: ScriptConfiguration
  let options: CompilerOptions
  var diagnostics = DiagnosticList()

  /// What is known of a map so far.
  struct MapFacts {
    var isKeyed: Bool?
    var key: ValueType = .unknown
    var value: ValueType = .unknown
    var span: SourceSpan
    var isRead = false
  }

  /// A scratch variable in scope.
  struct Variable {
    var type: ValueType
    /// Where it was first assigned or declared: its identity.
    var declaration: SourceSpan
    var isAssigned: Bool
    /// Whether the script gave it its type, so that it does not grow with what is assigned.
    var isTyped = false
    /// A loop's variable, which only the loop assigns.
    var isConstant = false
  }

  var maps: [String: MapFacts] = [:]
  var mapOrder: [String] = []
  var hasChanged = false

  // The body under check.
  var body: ProbeBody?
  var types: [ValueType] = []
  var scopes: [[String: Variable]] = []
  var variableTypes: [SourceSpan: ValueType] = [:]
  var loopDepth = 0

  init(script: Script, catalog: TypeCatalog, configuration: ScriptConfiguration, options: CompilerOptions) {
    self.script = script
    self.catalog = catalog
    self.configuration = configuration
    self.options = options
  }

  /// Rounds after which inference is given up: each one widens something, and widths are few.
  private static let roundLimit = 24

  mutating func check(_ plans: [ProgramPlan]) -> TypedScript {
    var bodies: [[TypedBody]] = []
    var variables = plans.map { $0.bodies.map { _ in [SourceSpan: ValueType]() } }
    for _ in 0..<Self.roundLimit {
      hasChanged = false
      diagnostics = DiagnosticList()
      bodies = []
      for (planIndex, plan) in plans.enumerated() {
        var typed: [TypedBody] = []
        for (bodyIndex, body) in plan.bodies.enumerated() {
          variableTypes = variables[planIndex][bodyIndex]
          check(body)
          if variableTypes != variables[planIndex][bodyIndex] {
            variables[planIndex][bodyIndex] = variableTypes
            hasChanged = true
          }
          typed.append(TypedBody(body: body, types: types, variables: variableTypes))
        }
        bodies.append(typed)
      }
      if !hasChanged { break }
    }
    return TypedScript(bodies: bodies, maps: typedMaps())
  }

  private mutating func check(_ body: ProbeBody) {
    let probe = script.probes[body.probeIndex]
    self.body = body
    types = Array(repeating: .unknown, count: script.expressionCount)
    scopes = [[:]]
    loopDepth = 0
    if let predicate = probe.predicate { checkCondition(predicate) }
    check(probe.body.statements)
  }

  // MARK: Maps

  private mutating func typedMaps() -> [TypedMap] {
    let declarations = Dictionary(script.maps.map { ($0.name.text, $0) }) { first, _ in first }
    return mapOrder.compactMap { name in
      guard let facts = maps[name] else { return nil }
      let declaration = declarations[name]
      return TypedMap(
        name: name, key: facts.isKeyed == true ? facts.key : nil, value: facts.value,
        declaredKind: declaration?.type.text, declaredCapacity: declaration.map { Int(clamping: $0.capacity) },
        span: facts.span)
    }
  }

  /// Notes that a map stands here, with or without keys, and tells what is known of it.
  mutating func mapFacts(_ map: TraceLanguage.MapReference) -> MapFacts {
    let name = map.name.text
    if let facts = maps[name] { return facts }
    let facts = MapFacts(span: map.name.span)
    maps[name] = facts
    mapOrder.append(name)
    return facts
  }

  /// Makes the map's key able to hold what is asked of it, or reports that it cannot.
  mutating func unifyKey(of map: TraceLanguage.MapReference, reading: Bool = false) {
    var facts = mapFacts(map)
    let isKeyed = !map.keys.isEmpty
    if let known = facts.isKeyed, known != isKeyed {
      diagnostics.report(known ? .missingMapKey(map, key: facts.key) : .unexpectedMapKey(map))
      for key in map.keys { _ = type(of: key) }
      return
    }
    facts.isKeyed = isKeyed
    if isKeyed {
      let key = keyType(of: map.keys)
      if let joined = facts.key.joined(with: key) {
        if joined != facts.key { hasChanged = true }
        facts.key = joined
      } else {
        diagnostics.report(.mapKeyMismatch(map, expected: facts.key, found: key, catalog))
      }
    }
    maps[map.name.text] = facts
  }

  /// The type of a key as it is stored: several keys are one tuple.
  mutating func keyType(of keys: [Expression]) -> ValueType {
    let types = keys.map { key in
      let type = self.type(of: key).stored
      switch type {
      case .void, .arguments, .aggregation:
        diagnostics.report(.invalidMapKey(type, at: key.span, catalog))
        return ValueType.uint64
      case .integer(let integer): return .integer(IntegerType(bits: 64, isSigned: integer.isSigned))
      default: return type
      }
    }
    return types.count == 1 ? types[0] : .tuple(types)
  }

  /// Makes the map's value able to hold `type`, or reports that it cannot.
  mutating func unifyValue(of map: TraceLanguage.MapReference, with type: ValueType, at span: SourceSpan) {
    var facts = mapFacts(map)
    let type = widened(type)
    if let joined = facts.value.joined(with: type) {
      if joined != facts.value { hasChanged = true }
      facts.value = joined
      maps[map.name.text] = facts
    } else {
      diagnostics.report(.mapValueMismatch(map, expected: facts.value, found: type, at: span, catalog))
    }
  }

  /// Integers are stored in 64 bits.
  func widened(_ type: ValueType) -> ValueType {
    if case .integer(let integer) = type { return .integer(IntegerType(bits: 64, isSigned: integer.isSigned)) }
    return type
  }

  // MARK: Constants

  var constants: ConstantValues { ConstantValues(catalog: catalog, parameters: options.positionalParameters) }

  func constantInteger(_ expression: Expression) -> Int64? { constants.integer(expression) }

  func constantString(_ expression: Expression) -> StringLiteral? { constants.string(expression) }

  // MARK: Variables

  func variable(named name: String) -> Variable? {
    for scope in scopes.reversed() {
      if let variable = scope[name] { return variable }
    }
    return nil
  }

  mutating func setVariable(named name: String, _ variable: Variable) {
    for index in scopes.indices.reversed() where scopes[index][name] != nil {
      scopes[index][name] = variable
      return
    }
    scopes[scopes.count - 1][name] = variable
  }

  /// Gives the variable declared at `declaration` a type that holds `type` too; nil when there is none.
  mutating func joinVariableType(at declaration: SourceSpan, with type: ValueType) -> ValueType? {
    let known = variableTypes[declaration] ?? .unknown
    guard let joined = known.joined(with: type) else { return nil }
    variableTypes[declaration] = joined
    return joined
  }
}
