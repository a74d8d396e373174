import Diagnostics

/// What inference found out about a script: the type of every expression in every body, and of every map.
struct TypedScript {
  /// Bodies in the order of the plans, then of each plan's bodies.
  var bodies: [[TypedBody]]
  /// The maps in the order in which they first stand in the script.
  var maps: [TypedMap]
}

/// A body with the types of its expressions.
struct TypedBody {
  var body: ProbeBody
  /// By expression number; `.unknown` for expressions of other probes.
  var types: [ValueType]
  /// By the place where the variable is first assigned or declared.
  var variables: [SourceSpan: ValueType]
}

/// A map of the script.
struct TypedMap {
  var name: String
  /// Nil for a scalar.
  var key: ValueType?
  var value: ValueType
  /// The `let @x = kind(entries);` of the script, if there is one.
  var declaredKind: String?
  var declaredCapacity: Int?
  /// Where it first stands.
  var span: SourceSpan
}
