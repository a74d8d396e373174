import TraceCompiler

/// One bucket of a histogram: the values that fall into it, and how many did.
struct HistogramBucket: Hashable, Sendable {
  /// The lowest value; nil where everything below ``upperBound`` counts.
  var lowest: Int128?
  /// The first value above the bucket; nil where everything from ``lowest`` on counts.
  var upperBound: Int128?
  /// How many values fell into it.
  var count: UInt64
}

/// Writes histograms: a line, or in JSON an object, for each bucket from the first to the last that is not empty.
///
///     [2, 4)                 2 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
struct HistogramRenderer: Sendable {
  /// The buckets from the first to the last that is not empty.
  let buckets: ArraySlice<HistogramBucket>
  /// Whether edges are shown with a suffix, as 4K.
  let hasSuffixes: Bool
  /// Whether a bucket of a single value is shown as that value.
  let showsSingleValues: Bool

  private static let labelWidth = 16
  private static let countWidth = 8
  private static let barWidth: UInt64 = 52

  /// The histogram of `hist()`.
  init(_ counts: [UInt64], _ layout: LogarithmicBuckets) {
    let all = counts.enumerated().map { index, count in
      let range = layout.range(ofBucket: index)
      return HistogramBucket(
        lowest: range.map { Int128($0.lowerBound) }, upperBound: range.map { Int128($0.upperBound) + 1 } ?? 0,
        count: count)
    }
    self.init(all, hasSuffixes: true, showsSingleValues: true)
  }

  /// The histogram of `lhist()`; suffixes only make sense when all edges are multiples of 1024.
  init(_ counts: [UInt64], _ layout: LinearBuckets) {
    let all = counts.enumerated().map { index, count in
      let lowest = Int128(layout.minimum) + (Int128(index) - 1) * Int128(layout.step)
      return HistogramBucket(
        lowest: index == 0 ? nil : index == counts.count - 1 ? Int128(layout.maximum) : lowest,
        upperBound: index == 0
          ? Int128(layout.minimum) : index == counts.count - 1 ? nil : lowest + Int128(layout.step),
        count: count)
    }
    self.init(all, hasSuffixes: layout.step % 1024 == 0, showsSingleValues: false)
  }

  private init(_ all: [HistogramBucket], hasSuffixes: Bool, showsSingleValues: Bool) {
    if let first = all.firstIndex(where: { $0.count > 0 }), let last = all.lastIndex(where: { $0.count > 0 }) {
      buckets = all[first...last]
    } else {
      buckets = []
    }
    self.hasSuffixes = hasSuffixes
    self.showsSingleValues = showsSingleValues
  }

  /// Writes a line for each bucket, with the counts divided by `divisor`.
  func write(dividedBy divisor: UInt64, to output: inout ByteBuffer) {
    let highest = buckets.lazy.map(\.count).max() ?? 0
    for bucket in buckets {
      let start = output.count
      writeLabel(of: bucket, to: &output)
      output.pad(from: start, to: Padding(width: Self.labelWidth, isLeftAligned: true, fill: UInt8(ascii: " ")))
      let number = output.count
      output.append(decimal: bucket.count / max(divisor, 1))
      output.pad(from: number, to: Padding(width: Self.countWidth, isLeftAligned: false, fill: UInt8(ascii: " ")))
      output.append(" |")
      let bar = Self.barLength(bucket.count, of: highest)
      output.append(repeating: UInt8(ascii: "@"), count: bar)
      output.append(repeating: UInt8(ascii: " "), count: Int(Self.barWidth) - bar)
      output.append("|\n")
    }
  }

  /// Writes an array of objects with the lowest and the highest value of each bucket.
  func writeJSON(dividedBy divisor: UInt64, to output: inout ByteBuffer) {
    output.append("[")
    for (index, bucket) in buckets.enumerated() {
      output.append(index == 0 ? "{" : ", {")
      if let lowest = bucket.lowest {
        output.append("\"min\": ")
        writeJSON(edge: lowest, to: &output)
        output.append(", ")
      }
      if let upperBound = bucket.upperBound {
        output.append("\"max\": ")
        writeJSON(edge: upperBound - 1, to: &output)
        output.append(", ")
      }
      output.append("\"count\": ")
      JSONText.write(WireInteger(bits: bucket.count / max(divisor, 1), isSigned: false), to: &output)
      output.append("}")
    }
    output.append("]")
  }

  /// The full product keeps the bar exact for counts of any size.
  private static func barLength(_ count: UInt64, of highest: UInt64) -> Int {
    guard highest > 0, count <= highest else { return 0 }
    let product = count.multipliedFullWidth(by: barWidth)
    return Int(highest.dividingFullWidth(product).quotient)
  }

  private func writeLabel(of bucket: HistogramBucket, to output: inout ByteBuffer) {
    if showsSingleValues, let lowest = bucket.lowest, let upperBound = bucket.upperBound, upperBound - lowest == 1 {
      output.append("[")
      write(edge: lowest, to: &output)
      output.append("]")
      return
    }
    if let lowest = bucket.lowest {
      output.append("[")
      write(edge: lowest, to: &output)
    } else {
      output.append("(...")
    }
    output.append(", ")
    if let upperBound = bucket.upperBound { write(edge: upperBound, to: &output) } else { output.append("...") }
    output.append(")")
  }

  /// Writes an edge with the largest suffix of which it is a whole multiple.
  private func write(edge: Int128, to output: inout ByteBuffer) {
    var rest = edge
    var suffixes = "KMGTPE".makeIterator()
    var suffix: Character?
    while hasSuffixes, rest != 0, rest % 1024 == 0, let next = suffixes.next() {
      rest /= 1024
      suffix = next
    }
    output.append("\(rest)")
    if let suffix { output.append(String(suffix)) }
  }

  private func writeJSON(edge: Int128, to output: inout ByteBuffer) {
    if let value = Int64(exactly: edge) {
      JSONText.write(WireInteger(bits: UInt64(bitPattern: value), isSigned: true), to: &output)
    } else {
      JSONText.write(WireInteger(bits: UInt64(clamping: edge), isSigned: false), to: &output)
    }
  }
}
