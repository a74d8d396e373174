import TraceCompiler

/// Writes whole maps.
///
///     @x: 5
///     @x[1, abc]: 7
///     @s: { .count = 3, .average = 2, .total = 6 }
///     @bytes[dd]:
///     [4K, 8K)               4 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
///
/// A keyed map without entries leaves no trace; a scalar that was never stored shows its zero, except for
/// histograms, which have nothing to show.
struct MapPrinter {
  /// Writes keys and values.
  let formatter: ValueFormatter

  /// Writes a map as text, with numbers divided by `divisor`.
  func write(_ map: MapContents, top: Int?, divisor: Int?, to output: inout ByteBuffer) {
    let divisor = UInt64(max(divisor ?? 1, 1))
    for entry in shownEntries(of: map, top: top) {
      output.append(map.name)
      if let key = map.key {
        output.append("[")
        write(key: key, entry.key.span.bytes, to: &output)
        output.append("]")
      }
      output.append(":")
      switch entry.value {
      case .plain(let bytes):
        output.append(" ")
        write(plain: bytes, map, dividedBy: divisor, to: &output)
        output.append("\n")
      case .aggregated(let value):
        write(value, dividedBy: divisor, to: &output)
      }
    }
  }

  /// Writes a map as one line of JSON; nothing for a keyed map without entries.
  func writeJSON(_ map: MapContents, top: Int?, divisor: Int?, to output: inout ByteBuffer) {
    let divisor = UInt64(max(divisor ?? 1, 1))
    let entries = shownEntries(of: map, top: top)
    guard let first = entries.first else { return }
    output.append("{\"type\": \"\(kind(of: map))\", \"data\": {")
    JSONText.write(map.name, to: &output)
    output.append(": ")
    if let key = map.key {
      output.append("{")
      for (index, entry) in entries.enumerated() {
        if index > 0 { output.append(", ") }
        var name = ByteBuffer()
        write(key: key, entry.key.span.bytes, to: &name)
        JSONText.write(name.bytes.filter { $0 != UInt8(ascii: " ") }, to: &output)
        output.append(": ")
        writeJSON(entry.value, map, dividedBy: divisor, to: &output)
      }
      output.append("}")
    } else {
      writeJSON(first.value, map, dividedBy: divisor, to: &output)
    }
    output.append("}}\n")
  }

  private func kind(of map: MapContents) -> String {
    switch map.value {
    case .aggregation(.histogram), .aggregation(.linearHistogram): "hist"
    case .aggregation(.average), .aggregation(.stats): "stats"
    default: "map"
    }
  }

  private func shownEntries(of map: MapContents, top: Int?) -> [MapContents.Entry] {
    guard map.key == nil else { return map.ordered(top: top) }
    if let entry = map.entries.first { return entry.value.isEmptyHistogram ? [] : [entry] }
    switch map.value {
    case .aggregation(.histogram), .aggregation(.linearHistogram): return []
    case .aggregation(let aggregation): return [.init(key: [], value: .aggregated(.zero(of: aggregation)))]
    case .plain(let type): return [.init(key: [], value: .plain(Array(repeating: 0, count: max(type.byteCount, 0))))]
    }
  }

  /// A tuple's parentheses are left off between the map's brackets.
  private func write(key: WireType, _ bytes: RawSpan, to output: inout ByteBuffer) {
    if case .tuple(let fields, _) = key {
      formatter.writeList(fields, base: 0, in: bytes, to: &output)
    } else {
      formatter.write(key, in: bytes, to: &output)
    }
  }

  private func write(
    plain bytes: [UInt8], _ map: MapContents, dividedBy divisor: UInt64, to output: inout ByteBuffer
  ) {
    guard case .plain(let type) = map.value else { return }
    if case .integer = type, let value = bytes.span.bytes.integer(of: type, at: 0) {
      output.append(integer: value.divided(by: divisor))
    } else {
      formatter.write(type, in: bytes.span.bytes, to: &output)
    }
  }

  private func write(_ value: AggregatedValue, dividedBy divisor: UInt64, to output: inout ByteBuffer) {
    switch value {
    case .total(let number, let isSigned), .extreme(let number, let isSigned):
      let value = WireInteger(bits: UInt64(bitPattern: number), isSigned: isSigned)
      output.append(" ")
      output.append(integer: value.divided(by: divisor))
      output.append("\n")
    case .average(let samples):
      output.append(" ")
      output.append(integer: samples.average.divided(by: divisor))
      output.append("\n")
    case .stats(let samples):
      output.append(" { .count = ")
      output.append(decimal: samples.count)
      output.append(", .average = ")
      output.append(integer: samples.average.divided(by: divisor))
      output.append(", .total = ")
      output.append(integer: samples.sum)
      output.append(" }\n")
    case .histogram(let counts, let layout):
      output.append("\n")
      HistogramRenderer(counts, layout).write(dividedBy: divisor, to: &output)
      output.append("\n")
    case .linearHistogram(let counts, let layout):
      output.append("\n")
      HistogramRenderer(counts, layout).write(dividedBy: 1, to: &output)
      output.append("\n")
    }
  }

  private func writeJSON(
    _ value: MapContents.Value, _ map: MapContents, dividedBy divisor: UInt64, to output: inout ByteBuffer
  ) {
    switch value {
    case .plain(let bytes):
      guard case .plain(let type) = map.value else { return }
      if case .integer = type, let number = bytes.span.bytes.integer(of: type, at: 0) {
        JSONText.write(number.divided(by: divisor), to: &output)
      } else {
        formatter.writeJSON(WireField(offset: 0, type: type), in: bytes.span.bytes, to: &output)
      }
    case .aggregated(.total(let number, let isSigned)), .aggregated(.extreme(let number, let isSigned)):
      let value = WireInteger(bits: UInt64(bitPattern: number), isSigned: isSigned)
      JSONText.write(value.divided(by: divisor), to: &output)
    case .aggregated(.average(let samples)):
      JSONText.write(samples.average.divided(by: divisor), to: &output)
    case .aggregated(.stats(let samples)):
      output.append("{\"count\": ")
      JSONText.write(WireInteger(bits: samples.count, isSigned: false), to: &output)
      output.append(", \"average\": ")
      JSONText.write(samples.average.divided(by: divisor), to: &output)
      output.append(", \"total\": ")
      JSONText.write(samples.sum, to: &output)
      output.append("}")
    case .aggregated(.histogram(let counts, let layout)):
      HistogramRenderer(counts, layout).writeJSON(dividedBy: divisor, to: &output)
    case .aggregated(.linearHistogram(let counts, let layout)):
      HistogramRenderer(counts, layout).writeJSON(dividedBy: 1, to: &output)
    }
  }
}

extension MapContents.Value {
  /// Whether this is a histogram in which nothing was counted.
  fileprivate var isEmptyHistogram: Bool {
    switch self {
    case .aggregated(.histogram(let counts, _)), .aggregated(.linearHistogram(let counts, _)):
      counts.allSatisfy { $0 == 0 }
    default: false
    }
  }
}

extension AggregatedValue.Samples {
  /// The total as a number with its sign.
  fileprivate var sum: WireInteger { WireInteger(bits: UInt64(bitPattern: total), isSigned: isSigned) }
}
