/// What an aggregating map holds under one key: everything that was put in.
struct OracleAccumulator {
  private(set) var count: UInt64 = 0
  private(set) var total: Int64 = 0
  private(set) var minimum: Int64?
  private(set) var maximum: Int64?
  /// Numbers of values by the ends of their buckets, both included; open ends are nil.
  private(set) var buckets: [Bucket: UInt64] = [:]

  struct Bucket: Hashable {
    var low: Int64?
    var high: Int64?
  }

  mutating func add(_ value: Int64, to aggregation: OracleAggregation) {
    count += 1
    total &+= value
    let isLess: (Int64, Int64) -> Bool =
      aggregation.isSigned ? { $0 < $1 } : { UInt64(bitPattern: $0) < UInt64(bitPattern: $1) }
    if minimum.map({ isLess(value, $0) }) ?? true { minimum = value }
    if maximum.map({ isLess($0, value) }) ?? true { maximum = value }
    switch aggregation.function {
    case .hist: buckets[Self.logarithmic(value, bits: aggregation.parameters.first ?? 0), default: 0] += 1
    case .lhist:
      let (low, high, step) = (aggregation.parameters[0], aggregation.parameters[1], aggregation.parameters[2])
      buckets[Self.linear(value, low, high, step), default: 0] += 1
    default: break
    }
  }

  /// Powers of two, each in 2^bits parts; single values below 2^bits, all negative ones together.
  static func logarithmic(_ value: Int64, bits: Int64) -> Bucket {
    if value < 0 { return Bucket(low: nil, high: -1) }
    if value < 1 << bits { return Bucket(low: value, high: value) }
    let exponent = Int64(63 - value.leadingZeroBitCount)
    let width: Int64 = 1 << (exponent - bits)
    let low = value / width * width
    return Bucket(low: low, high: low + (width - 1))
  }

  static func linear(_ value: Int64, _ minimum: Int64, _ maximum: Int64, _ step: Int64) -> Bucket {
    if value < minimum { return Bucket(low: nil, high: minimum - 1) }
    if value >= minimum + (maximum - minimum) / step * step { return Bucket(low: maximum, high: nil) }
    let low = minimum + (value - minimum) / step * step
    return Bucket(low: low, high: low + step - 1)
  }

  /// The number that the map's value reads as.
  func number(_ aggregation: OracleAggregation) -> Int64 {
    switch aggregation.function {
    case .count: return Int64(bitPattern: count)
    case .sum: return total
    case .min: return minimum ?? 0
    case .max: return maximum ?? 0
    case .avg, .stats, .hist, .lhist:
      if count == 0 { return 0 }
      return aggregation.isSigned
        ? total / Int64(count) : Int64(bitPattern: UInt64(bitPattern: total) / count)
    }
  }

  /// All that the map keeps, for comparison.
  func text(_ aggregation: OracleAggregation) -> String {
    switch aggregation.function {
    case .count, .sum: String(number(aggregation))
    case .min: minimum.map(String.init) ?? "none"
    case .max: maximum.map(String.init) ?? "none"
    case .avg, .stats: "\(total) in \(count)"
    case .hist, .lhist: Self.text(buckets)
    }
  }

  static func text(_ buckets: [Bucket: UInt64]) -> String {
    buckets.map { "\($0.low.map(String.init) ?? "…")..\($0.high.map(String.init) ?? "…"): \($1)" }.sorted()
      .joined(separator: ", ")
  }
}
