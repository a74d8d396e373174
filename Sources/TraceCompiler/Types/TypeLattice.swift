extension ValueType {
  /// The type that holds the values of both, or nil when no type does: what a variable or a map becomes that is
  /// assigned both.
  func joined(with other: ValueType) -> ValueType? {
    if self == other { return self }
    switch (self, other) {
    case (.unknown, let type), (let type, .unknown): return type
    case (.integer(let left), .integer(let right)): return .integer(left.union(right))
    case (.boolean, .integer(let type)), (.integer(let type), .boolean): return .integer(type)
    case (.enumeration, .integer), (.integer, .enumeration), (.enumeration, .enumeration): return .int64
    case (.string(let left), .string(let right)): return .string(capacity: max(left, right))
    case (.buffer(let left), .buffer(let right)): return .buffer(capacity: max(left, right))
    case (.tuple(let left), .tuple(let right)):
      guard left.count == right.count else { return nil }
      var elements: [ValueType] = []
      for (l, r) in zip(left, right) {
        guard let element = l.joined(with: r) else { return nil }
        elements.append(element)
      }
      return .tuple(elements)
    case (.record(let left), .record(let right)):
      guard left.map(\.name) == right.map(\.name) else { return nil }
      var fields: [RecordElement] = []
      for (l, r) in zip(left, right) {
        guard let type = l.type.joined(with: r.type) else { return nil }
        fields.append(RecordElement(name: l.name, type: type))
      }
      return .record(fields)
    case (.pointer(let left, let leftSpace), .pointer(let right, let rightSpace)):
      guard leftSpace == rightSpace else { return nil }
      if left == .void || right == .void { return .pointer(to: .void, leftSpace) }
      return left.joined(with: right).map { .pointer(to: $0, leftSpace) }
    case (.structure(let left, _), .structure(let right, _)):
      return left == right ? .structure(left, .program) : nil
    case (.aggregation(let left), .aggregation(let right)):
      return left.joined(with: right).map(ValueType.aggregation)
    default: return nil
    }
  }

  /// What a variable of this type, which the script gave it, is once a value of `other` is assigned; nil when it does
  /// not hold such values.
  ///
  /// Integers must keep their value, or at least their bits; a pointer takes the address space of what it points to.
  func holding(_ other: ValueType, constant: Int64?) -> ValueType? {
    switch (self, other) {
    case (_, .unknown): return self
    case (.integer(let own), _):
      guard let found = other.arithmeticType else { return nil }
      if case .pointer = other { return nil }
      if let constant { return own.holds(constant) ? self : nil }
      return own.bits == 64 || own.union(found) == own ? self : nil
    case (.tuple(let own), .tuple(let found)):
      // Inside a tuple every integer has 64 bits, so that any number will do.
      return own.count == found.count && zip(own, found).allSatisfy { $0.holding($1, constant: 0) != nil }
        ? self : nil
    case (.pointer, .pointer(_, let space)):
      let moved = moved(to: space)
      return moved.joined(with: other) == nil ? nil : moved
    default: return joined(with: other) == self ? self : nil
    }
  }

  /// The type as it is kept in a variable, a map, a tuple: with its bytes at hand, whatever they were read from.
  var stored: ValueType {
    switch self {
    case .structure(let id, _): .structure(id, .program)
    case .tuple(let elements): .tuple(elements.map(\.stored))
    case .record(let fields): .record(fields.map { RecordElement(name: $0.name, type: $0.type.stored) })
    case .aggregation(let aggregation) where aggregation.isNumeric: aggregation.isSigned ? .int64 : .uint64
    default: self
    }
  }

  /// Whether part of the type is still to be inferred.
  var isIncomplete: Bool {
    switch self {
    case .unknown: true
    case .tuple(let elements): elements.contains(where: \.isIncomplete)
    case .record(let fields): fields.contains { $0.type.isIncomplete }
    default: false
    }
  }
}

extension Aggregation {
  /// The aggregation that takes the values of both; signs may differ, kinds and buckets may not.
  func joined(with other: Aggregation) -> Aggregation? {
    if self == other { return self }
    return switch (self, other) {
    case (.sum, .sum): .sum(isSigned: true)
    case (.min, .min): .min(isSigned: true)
    case (.max, .max): .max(isSigned: true)
    case (.average, .average): .average(isSigned: true)
    case (.stats, .stats): .stats(isSigned: true)
    default: nil
    }
  }
}
