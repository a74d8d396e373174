public import TraceCompiler

/// What a map's value has accumulated on all CPUs together.
public enum AggregatedValue: Hashable, Sendable {
  /// The number of a `count()` or the total of a `sum()`.
  case total(Int64, isSigned: Bool)
  /// The smallest or the largest value; 0 when there was none.
  case extreme(Int64, isSigned: Bool)
  /// What an `avg()` has seen.
  case average(Samples)
  /// What a `stats()` has seen.
  case stats(Samples)
  /// The buckets of a `hist()`.
  case histogram([UInt64], LogarithmicBuckets)
  /// The buckets of an `lhist()`.
  case linearHistogram([UInt64], LinearBuckets)

  /// The total and the number of what was seen.
  public struct Samples: Hashable, Sendable {
    /// The total; wraps around as the programs' own additions do.
    public var total: Int64
    /// How many there were.
    public var count: UInt64
    /// Whether the total is below zero when its highest bit is set.
    public var isSigned: Bool

    /// Samples.
    public init(total: Int64, count: UInt64, isSigned: Bool) {
      self.total = total
      self.count = count
      self.isSigned = isSigned
    }

    /// The total over the count, cut to an integer; 0 of none.
    var average: WireInteger {
      guard count > 0 else { return WireInteger(bits: 0, isSigned: isSigned) }
      let magnitude = WireInteger(bits: UInt64(bitPattern: total), isSigned: isSigned)
      return magnitude.divided(by: count)
    }
  }
}

extension AggregatedValue {
  /// Puts together what each CPU has: `bytes` are the per-CPU values one after the other, each on a multiple of 8.
  ///
  /// What the bytes do not hold counts as nothing.
  public init(merging bytes: RawSpan, of aggregation: Aggregation) {
    let stride = (aggregation.byteCount + 7) / 8 * 8
    let starts = Swift.stride(from: 0, to: stride > 0 ? bytes.byteCount / stride * stride : 0, by: max(stride, 8))
    func word(_ start: Int, _ index: Int) -> UInt64 { bytes.unsignedInteger(at: start + index * 8) ?? 0 }
    func sum(_ index: Int) -> UInt64 { starts.reduce(0) { $0 &+ word($1, index) } }
    func samples(_ isSigned: Bool) -> Samples {
      Samples(total: Int64(bitPattern: sum(0)), count: sum(1), isSigned: isSigned)
    }
    switch aggregation {
    case .count: self = .total(Int64(bitPattern: sum(0)), isSigned: true)
    case .sum(let isSigned): self = .total(Int64(bitPattern: sum(0)), isSigned: isSigned)
    case .min(let isSigned), .max(let isSigned):
      let seen = starts.filter { word($0, 1) != 0 }.map { word($0, 0) }
      let ordered = seen.sorted { isSigned ? Int64(bitPattern: $0) < Int64(bitPattern: $1) : $0 < $1 }
      var wantsSmallest = false
      if case .min = aggregation { wantsSmallest = true }
      let found = wantsSmallest ? ordered.first : ordered.last
      self = .extreme(Int64(bitPattern: found ?? 0), isSigned: isSigned)
    case .average(let isSigned): self = .average(samples(isSigned))
    case .stats(let isSigned): self = .stats(samples(isSigned))
    case .histogram(let layout): self = .histogram((0..<layout.count).map(sum), layout)
    case .linearHistogram(let layout): self = .linearHistogram((0..<layout.count).map(sum), layout)
    }
  }

  /// The value of a scalar map in which nothing was stored.
  static func zero(of aggregation: Aggregation) -> AggregatedValue {
    AggregatedValue(merging: [UInt8]().span.bytes, of: aggregation)
  }

  /// What entries are sorted by.
  var rank: Rank {
    switch self {
    case .total(let value, let isSigned):
      Rank(WireInteger(bits: UInt64(bitPattern: value), isSigned: isSigned))
    // bpftrace compares these as unsigned numbers, even negative ones, and scripts have come to expect the order.
    case .extreme(let value, _): Rank(WireInteger(bits: UInt64(bitPattern: value), isSigned: false))
    case .average(let samples), .stats(let samples): Rank(samples.average)
    case .histogram(let counts, _), .linearHistogram(let counts, _):
      Rank(WireInteger(bits: counts.reduce(0, &+), isSigned: false))
    }
  }

  /// A number to sort by.
  struct Rank: Comparable, Sendable {
    private let value: Int128

    init(_ integer: WireInteger) { value = integer.isSigned ? Int128(integer.signed) : Int128(integer.bits) }

    static func < (left: Rank, right: Rank) -> Bool { left.value < right.value }
  }
}

extension WireInteger {
  /// The quotient, cut towards zero; the number itself when the divisor is 0.
  func divided(by divisor: UInt64) -> WireInteger {
    guard divisor != 0 else { return self }
    guard isNegative else { return WireInteger(bits: bits / divisor, isSigned: isSigned) }
    let quotient = Int64(truncatingIfNeeded: signed.magnitude / divisor)
    return WireInteger(bits: UInt64(bitPattern: 0 &- quotient), isSigned: true)
  }
}
