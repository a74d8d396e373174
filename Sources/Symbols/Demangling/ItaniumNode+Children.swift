extension ItaniumNode {
  /// The parts that this one is made of.
  var children: [ID] {
    switch self {
    case .text, .abbreviation, .operatorName, .forward: []
    case .nested(let one, let other), .local(let one, let other), .constructionTable(let one, let other),
      .memberPointer(let one, let other), .vector(let one, let other), .binary(let one, _, let other),
      .namedCast(_, let one, let other), .member(let one, _, let other):
      [one, other]
    case .tagged(let one, _), .constructor(let one), .destructor(let one), .conversion(let one), .special(_, let one),
      .clone(let one, _), .qualified(let one, _), .pointer(let one, _), .suffixed(let one, _), .prefixed(_, let one),
      .decltype(let one), .expansion(let one), .unary(_, let one), .postfix(let one, _), .enclosed(_, let one, _),
      .delete(_, let one), .parameter(_, _, let one):
      [one]
    case .template(let name, let arguments): [name] + arguments
    case .lambda(let parameters, _): parameters
    case .structuredBinding(let names): names
    case .function(let name, let result, let parameters, _):
      (name.map { [$0] } ?? []) + (result.map { [$0] } ?? []) + parameters
    case .array(let element, let count): [element] + (count.map { [$0] } ?? [])
    case .pack(let elements), .parameterPack(let elements): elements
    case .literal(let type, _, _): type.map { [$0] } ?? []
    case .conditional(let condition, let one, let other): [condition, one, other]
    case .call(let callee, let arguments): [callee] + arguments
    case .cast(let type, let operands): [type] + operands
    case .list(let type, let elements): (type.map { [$0] } ?? []) + elements
    case .new(_, _, let placement, let type, let initializer): placement + [type] + (initializer ?? [])
    case .fold(_, _, let pack, let start): [pack] + (start.map { [$0] } ?? [])
    }
  }

  /// The same node with other children, given in the order of ``children``.
  func replacingChildren(by new: [ID]) -> ItaniumNode {
    var rest = new[...]
    // The counts are those of this node's own children.
    func one() -> ID { rest.popFirst() ?? 0 }
    func several(_ old: [ID]) -> [ID] { old.map { _ in one() } }
    func optional(_ old: ID?) -> ID? { old.map { _ in one() } }
    switch self {
    case .text, .abbreviation, .operatorName, .forward: return self
    case .nested: return .nested(scope: one(), name: one())
    case .local: return .local(function: one(), entity: one())
    case .template(_, let arguments): return .template(name: one(), arguments: several(arguments))
    case .tagged(_, let tag): return .tagged(one(), tag: tag)
    case .constructor: return .constructor(of: one())
    case .destructor: return .destructor(of: one())
    case .conversion: return .conversion(to: one())
    case .lambda(let parameters, let number): return .lambda(parameters: several(parameters), number: number)
    case .structuredBinding(let names): return .structuredBinding(several(names))
    case .special(let text, _): return .special(text, one())
    case .constructionTable: return .constructionTable(of: one(), within: one())
    case .clone(_, let suffix): return .clone(one(), suffix: suffix)
    case .qualified(_, let qualifiers): return .qualified(one(), qualifiers)
    case .pointer(_, let symbol): return .pointer(one(), symbol: symbol)
    case .suffixed(_, let text): return .suffixed(one(), text)
    case .prefixed(let text, _): return .prefixed(text, one())
    case .memberPointer: return .memberPointer(scope: one(), member: one())
    case .function(let name, let result, let parameters, let qualifiers):
      return .function(
        name: optional(name), result: optional(result), parameters: several(parameters), qualifiers: qualifiers)
    case .array(_, let count): return .array(of: one(), count: optional(count))
    case .vector: return .vector(of: one(), count: one())
    case .decltype: return .decltype(one())
    case .parameter(let level, let index, _): return .parameter(level: level, index: index, meaning: one())
    case .pack(let elements): return .pack(several(elements))
    case .parameterPack(let elements): return .parameterPack(several(elements))
    case .expansion: return .expansion(one())
    case .literal(let type, let suffix, let digits):
      return .literal(type: optional(type), suffix: suffix, digits: digits)
    case .unary(let symbol, _): return .unary(symbol, one())
    case .postfix(_, let symbol): return .postfix(one(), symbol)
    case .binary(_, let symbol, _): return .binary(one(), symbol, one())
    case .conditional: return .conditional(one(), one(), one())
    case .call(_, let arguments): return .call(one(), several(arguments))
    case .cast(_, let operands): return .cast(to: one(), several(operands))
    case .namedCast(let name, _, _): return .namedCast(name, to: one(), one())
    case .enclosed(let start, _, let end): return .enclosed(start, one(), end)
    case .list(let type, let elements): return .list(type: optional(type), several(elements))
    case .member(_, let symbol, _): return .member(one(), symbol, one())
    case .new(let isGlobal, let isArray, let placement, _, let initializer):
      return .new(
        global: isGlobal, isArray: isArray, placement: several(placement), type: one(),
        initializer: initializer.map { several($0) })
    case .delete(let word, _): return .delete(word, one())
    case .fold(let isLeft, let operation, _, let start):
      return .fold(left: isLeft, operation: operation, pack: one(), start: optional(start))
    }
  }
}
