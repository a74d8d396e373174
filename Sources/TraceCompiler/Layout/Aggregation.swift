/// What a map value accumulates.
///
/// All of them are kept per CPU and put together by whoever reads the map.
public enum Aggregation: Hashable, Sendable {
  /// How often: one u64 per CPU.
  case count
  /// The total: one 64-bit integer per CPU.
  case sum(isSigned: Bool)
  /// The smallest: the value, then a u64 that is 1 once there is one.
  case min(isSigned: Bool)
  /// The largest: the value, then a u64 that is 1 once there is one.
  case max(isSigned: Bool)
  /// The average: the total, then the count.
  case average(isSigned: Bool)
  /// Count, average and total: the total, then the count.
  case stats(isSigned: Bool)
  /// A power-of-two histogram: one u64 per bucket.
  case histogram(LogarithmicBuckets)
  /// A linear histogram: one u64 per bucket.
  case linearHistogram(LinearBuckets)

  /// Bytes of one CPU's value.
  public var byteCount: Int {
    switch self {
    case .count, .sum: 8
    case .min, .max, .average, .stats: 16
    case .histogram(let buckets): 8 * buckets.count
    case .linearHistogram(let buckets): 8 * buckets.count
    }
  }
}

/// The buckets of `hist(n, k)`: powers of two, each split into 2^k equal parts.
///
/// Bucket 0 holds what is negative; then come the values below 2^k one by one, then, for each power of two from 2^k
/// on, 2^k buckets of equal width.
public struct LogarithmicBuckets: Hashable, Sendable {
  /// How finely each power of two is split: 2^bits parts; 0 to 5.
  public var bits: Int

  /// Buckets split into 2^bits parts per power of two.
  public init(bits: Int) { self.bits = bits }

  /// How many buckets there are.
  public var count: Int { 1 + (65 - bits) << bits }

  /// The values that a bucket holds, both ends included; nil for the negative ones.
  public func range(ofBucket index: Int) -> ClosedRange<UInt64>? {
    if index <= 0 { return nil }
    let parts = 1 << bits
    let position = index - 1
    if position < parts { return UInt64(position)...UInt64(position) }
    let exponent = bits + (position - parts) / parts
    if exponent > 63 { return nil }
    let part = UInt64((position - parts) % parts)
    let width = UInt64(1) << UInt64(exponent - bits)
    let low = (UInt64(1) << UInt64(exponent)) &+ part &* width
    return low...(low &+ (width - 1))
  }
}

/// The buckets of `lhist(n, min, max, step)`: equal steps, with one bucket below and one above.
public struct LinearBuckets: Hashable, Sendable {
  /// Where the first step begins.
  public var minimum: Int64
  /// Where the last step ends.
  public var maximum: Int64
  /// How wide a step is; above zero.
  public var step: Int64

  /// Buckets of `step` from `minimum` to `maximum`.
  public init(minimum: Int64, maximum: Int64, step: Int64) {
    self.minimum = minimum
    self.maximum = maximum
    self.step = step
  }

  /// How many buckets there are: the steps, and two for what lies outside.
  public var count: Int { Int((maximum - minimum) / step) + 2 }
}
