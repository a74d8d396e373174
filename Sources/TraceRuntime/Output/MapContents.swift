public import TraceCompiler

/// A map of the script as it was read: its description and its entries.
public struct MapContents: Sendable {
  /// One entry.
  public struct Entry: Sendable {
    /// The key's bytes.
    public var key: [UInt8]
    /// The value.
    public var value: Value

    /// An entry.
    public init(key: [UInt8], value: Value) {
      self.key = key
      self.value = value
    }
  }

  /// An entry's value.
  public enum Value: Sendable {
    /// The bytes of a plain value.
    case plain([UInt8])
    /// What all CPUs have accumulated together.
    case aggregated(AggregatedValue)
  }

  /// The map's name in the script, `@x`.
  public var name: String
  /// What keys are; nil for a scalar.
  public var key: WireType?
  /// What values are.
  public var value: CompiledMap.Value
  /// The entries in no particular order.
  public var entries: [Entry]

  /// A map's contents.
  public init(name: String, key: WireType?, value: CompiledMap.Value, entries: [Entry]) {
    self.name = name
    self.key = key
    self.value = value
    self.entries = entries
  }

  /// The entries as they are shown: in their order, and only the last `top` of them if that is given.
  ///
  /// By value, ascending: counts, sums, extremes, averages, histograms (by their total) and plain integers. All
  /// others, and equal ones among these, by key.
  func ordered(top: Int?) -> [Entry] {
    let ranked = entries.map { (entry: $0, rank: rank(of: $0)) }
    let sorted = ranked.sorted { left, right in
      if let first = left.rank, let second = right.rank, first != second { return first < second }
      guard let key else { return false }
      return key.order(left.entry.key.span.bytes, right.entry.key.span.bytes) == .ascending
    }
    let shown = top.map { $0 > 0 ? sorted.suffix($0) : sorted[...] } ?? sorted[...]
    return shown.map(\.entry)
  }

  private func rank(of entry: Entry) -> AggregatedValue.Rank? {
    switch (entry.value, value) {
    case (.aggregated(let aggregated), _): aggregated.rank
    case (.plain(let bytes), .plain(let type)):
      if case .integer = type { bytes.span.bytes.integer(of: type, at: 0).map(AggregatedValue.Rank.init) } else { nil }
    case (.plain, .aggregation): nil
    }
  }
}

/// How two values stand to each other.
enum WireOrder: Sendable {
  case ascending, same, descending

  init<Value: Comparable>(_ left: Value, _ right: Value) {
    self = left < right ? .ascending : left == right ? .same : .descending
  }
}

extension WireType {
  /// The order of two values: integers numerically, strings and other bytes byte by byte, compound values by part.
  ///
  /// Values that the bytes do not hold come first.
  func order(_ left: RawSpan, _ right: RawSpan, at offset: Int = 0) -> WireOrder {
    switch self {
    case .tuple(let fields, _), .record(let fields, _):
      for field in fields {
        let order = field.order(left, right, base: offset)
        if order != .same { return order }
      }
      return .same
    case .array(let element, let count):
      guard element.byteCount > 0 else { return .same }
      for index in 0..<max(count, 0) {
        let order = element.order(left, right, at: offset &+ index &* element.byteCount)
        if order != .same { return order }
      }
      return .same
    case .string(let capacity):
      func contents(_ bytes: RawSpan) -> [UInt8] {
        let all = bytes.bytes(at: offset, count: capacity) ?? []
        return Array(all.prefix { $0 != 0 })
      }
      return Self.orderBytes(contents(left), contents(right))
    case .buffer, .tailString, .internetAddress, .macAddress, .kernelStack, .userStack:
      return Self.orderBytes(
        left.bytes(at: offset, count: byteCount) ?? [], right.bytes(at: offset, count: byteCount) ?? [])
    default:
      return WireField(offset: offset, type: self).order(left, right, base: 0)
    }
  }

  private static func orderBytes(_ left: [UInt8], _ right: [UInt8]) -> WireOrder {
    if left == right { return .same }
    return left.lexicographicallyPrecedes(right) ? .ascending : .descending
  }
}

extension WireField {
  /// The order of this field in two values.
  fileprivate func order(_ left: RawSpan, _ right: RawSpan, base: Int) -> WireOrder {
    guard type.integerShape != nil else { return type.order(left, right, at: base &+ offset) }
    switch (
      left.integer(of: type, at: base &+ offset, bits: bits), right.integer(of: type, at: base &+ offset, bits: bits)
    ) {
    case (let first?, let second?):
      return WireOrder(AggregatedValue.Rank(first), AggregatedValue.Rank(second))
    case (nil, nil): return .same
    case (nil, _): return .ascending
    case (_, nil): return .descending
    }
  }
}
