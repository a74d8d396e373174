import Testing
import TraceCompiler

@testable import TraceRuntime

@Suite struct MapPrinterTests {
  private func shown(
    _ map: MapContents, top: Int? = nil, divisor: Int? = nil, context: ScriptedContext = ScriptedContext()
  ) -> (text: String, json: String) {
    let printer = MapPrinter(formatter: ValueFormatter(context: context, configuration: ScriptConfiguration()))
    var text = ByteBuffer()
    var json = ByteBuffer()
    printer.write(map, top: top, divisor: divisor, to: &text)
    printer.writeJSON(map, top: top, divisor: divisor, to: &json)
    return (text.text, json.text)
  }

  private func integers(_ pairs: [(Int64, Int64)]) -> MapContents {
    MapContents(
      name: "@s", key: .int64, value: .plain(.int64),
      entries: pairs.map { .init(key: packed($0.0), value: .plain(packed($0.1))) })
  }

  private func aggregated(
    _ aggregation: Aggregation, _ perCPU: [(key: Int64, values: [[UInt64]])], key: WireType? = .int64
  ) -> MapContents {
    MapContents(
      name: "@a", key: key, value: .aggregation(aggregation),
      entries: perCPU.map { entry in
        let bytes = entry.values.flatMap { $0.flatMap { packed($0) } }
        return .init(
          key: packed(entry.key), value: .aggregated(AggregatedValue(merging: bytes.span.bytes, of: aggregation)))
      })
  }

  @Test func scalars() {
    let scalar = MapContents(
      name: "@x", key: nil, value: .plain(.int64), entries: [.init(key: [0], value: .plain(packed(Int64(-5))))])
    #expect(shown(scalar) == ("@x: -5\n", "{\"type\": \"map\", \"data\": {\"@x\": -5}}\n"))
    let empty = MapContents(name: "@x", key: nil, value: .plain(.int64), entries: [])
    #expect(shown(empty).text == "@x: 0\n")
    #expect(shown(aggregated(.count, [], key: nil)).text == "@a: 0\n")
    #expect(
      shown(aggregated(.stats(isSigned: true), [], key: nil)).text == "@a: { .count = 0, .average = 0, .total = 0 }\n")
    #expect(shown(aggregated(.histogram(.init(bits: 0)), [], key: nil)) == ("", ""))
    #expect(shown(aggregated(.histogram(.init(bits: 0)), [(0, [[0, 0]])], key: nil)) == ("", ""))
  }

  @Test func keyedMapsGoByValueThenKey() {
    let map = integers([(2, 1), (-1, 1), (7, -3), (1, 1)])
    #expect(shown(map).text == "@s[7]: -3\n@s[-1]: 1\n@s[1]: 1\n@s[2]: 1\n")
    #expect(shown(map, top: 2).text == "@s[1]: 1\n@s[2]: 1\n")
    #expect(shown(map, top: 1, divisor: 1).json == "{\"type\": \"map\", \"data\": {\"@s\": {\"2\": 1}}}\n")
    #expect(shown(integers([(1, -7)]), divisor: 2).text == "@s[1]: -3\n")
    #expect(shown(integers([])) == ("", ""))
  }

  @Test func tupleKeysLoseTheirParentheses() {
    let key = WireType.tuple(
      [WireField(offset: 0, type: .int64), WireField(offset: 8, type: .string(capacity: 8))], byteCount: 16)
    func entry(_ number: Int64, _ text: String) -> MapContents.Entry {
      .init(key: packed(number) + packed(text, capacity: 8), value: .plain(packed("v", capacity: 2)))
    }
    let map = MapContents(
      name: "@kv", key: key, value: .plain(.string(capacity: 2)),
      entries: [entry(2, "a"), entry(1, "b c"), entry(1, "a")])
    #expect(shown(map).text == "@kv[1, a]: v\n@kv[1, b c]: v\n@kv[2, a]: v\n")
    #expect(shown(map).json == #"{"type": "map", "data": {"@kv": {"1,a": "v", "1,bc": "v", "2,a": "v"}}}"# + "\n")
  }

  @Test func stackKeysSpreadOverLines() {
    let context = ScriptedContext()
    context.stacks[7] = [0x10]
    context.kernelSymbols[0x10] = SymbolicAddress(address: 0x10, name: "do_nanosleep", offset: 1)
    let map = MapContents(
      name: "@", key: .kernelStack(StackFormat(mode: .bpftrace, limit: 3)), value: .aggregation(.count),
      entries: [.init(key: packedStack(7, frames: 1), value: .aggregated(.total(3, isSigned: true)))])
    #expect(shown(map, context: context).text == "@[\n        do_nanosleep+1\n]: 3\n")
    #expect(shown(map, context: context).json == #"{"type": "map", "data": {"@": {"\ndo_nanosleep+1\n": 3}}}"# + "\n")
  }

  @Test func perCPUValuesAreMerged() {
    #expect(shown(aggregated(.count, [(1, [[2], [3]])])).text == "@a[1]: 5\n")
    #expect(shown(aggregated(.sum(isSigned: true), [(1, [[2], [UInt64(bitPattern: -5)]])])).text == "@a[1]: -3\n")
    #expect(shown(aggregated(.sum(isSigned: false), [(1, [[.max]])])).text == "@a[1]: 18446744073709551615\n")
    let seen: [[UInt64]] = [[0, 0], [UInt64(bitPattern: -3), 1], [5, 1]]
    #expect(shown(aggregated(.min(isSigned: true), [(1, seen)])).text == "@a[1]: -3\n")
    #expect(shown(aggregated(.min(isSigned: false), [(1, seen)])).text == "@a[1]: 5\n")
    #expect(shown(aggregated(.max(isSigned: true), [(1, seen)])).text == "@a[1]: 5\n")
    #expect(shown(aggregated(.average(isSigned: true), [(1, [[4, 1], [3, 1]])])).text == "@a[1]: 3\n")
    #expect(
      shown(aggregated(.stats(isSigned: true), [(1, [[UInt64(bitPattern: -9), 2]])]))
        == (
          "@a[1]: { .count = 2, .average = -4, .total = -9 }\n",
          #"{"type": "stats", "data": {"@a": {"1": {"count": 2, "average": -4, "total": -9}}}}"# + "\n"
        ))
  }

  /// Extremes are compared as unsigned numbers: bpftrace's way, which scripts know.
  @Test func extremesGoAsUnsigned() {
    let map = aggregated(.min(isSigned: true), [(1, [[UInt64(bitPattern: -3), 1]]), (2, [[5, 1]])])
    #expect(shown(map).text == "@a[2]: 5\n@a[1]: -3\n")
    let averages = aggregated(.average(isSigned: true), [(1, [[5, 1]]), (2, [[UInt64(bitPattern: -3), 1]])])
    #expect(shown(averages).text == "@a[2]: -3\n@a[1]: 5\n")
  }

  @Test func histograms() {
    var counts = [UInt64](repeating: 0, count: LogarithmicBuckets(bits: 0).count)
    counts[3] = 2
    let map = aggregated(.histogram(LogarithmicBuckets(bits: 0)), [(1, [counts, counts])])
    #expect(
      shown(map)
        == (
          "@a[1]:\n[2, 4)                 4 |\(String(repeating: "@", count: 52))|\n\n",
          #"{"type": "hist", "data": {"@a": {"1": [{"min": 2, "max": 3, "count": 4}]}}}"# + "\n"
        ))
    #expect(shown(map, divisor: 2).text.contains("[2, 4)                 2 |"))
    let linear = LinearBuckets(minimum: 0, maximum: 2, step: 1)
    let steps = aggregated(.linearHistogram(linear), [(1, [[0, 4, 0, 0]]), (2, [[1, 0, 0, 0]])])
    #expect(shown(steps, divisor: 2).text.contains("@a[1]:\n[0, 1)                 4 |"))
    #expect(shown(steps).text.hasPrefix("@a[2]:"))
  }

  @Test func damagedEntries() {
    let map = MapContents(
      name: "@s", key: .int64, value: .plain(.int64),
      entries: [.init(key: [1], value: .plain([])), .init(key: packed(Int64(4)), value: .plain(packed(Int64(2))))])
    #expect(shown(map).text == "@s[!{value outside its event}]: !{value outside its event}\n@s[4]: 2\n")
    #expect(AggregatedValue(merging: packed(UInt16(3)).span.bytes, of: .count) == .total(0, isSigned: true))
  }
}
