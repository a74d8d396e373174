import Bytecode
import Diagnostics
import TraceLanguage

/// Aggregations read as numbers: what all CPUs have, put together.
extension ProgramLowering {
  /// The number that an aggregation stands for; zero where there is none.
  ///
  /// `bpf_map_lookup_percpu_elem` (kernel 5.19) gives one CPU's part at a time.
  mutating func lowerAggregate(_ aggregation: Aggregation, of map: ScriptMap, key: SSAValue) -> SSAValue {
    guard features.hasPerCPULookup else {
      assembly.diagnostics.report(
        .unsupportedByKernel(
          "reading \(aggregation.functionName)() as a number", needs: "5.19", at: builder.span ?? probe.span))
      return builder.constant(0)
    }
    let head = builder.createBlock(parameterCount: 4), end = builder.createBlock(parameterCount: 3)
    let count = Int64(max(1, features.possibleCPUCount))
    builder.jump(head, [.constant(0), .constant(0), .constant(0), .constant(0)])
    builder.move(to: head)
    let state = builder.parameters(of: head)
    let (cpu, total, second, isSet) = (state[0], state[1], state[2], state[3])
    let part = builder.call(.mapLookupPercpuElem, [builder.mapAddress(map.reference), key, cpu])
    let found = builder.createBlock(), next = builder.createBlock(parameterCount: 3)
    builder.branch(
      .notEqual, part, .constant(0), then: found, otherwise: next, [.value(total), .value(second), .value(isSet)])
    builder.seal(found)
    builder.move(to: found)
    let value = builder.load(.doubleWord, part)
    switch aggregation {
    case .min(let isSigned), .max(let isSigned):
      let takes = builder.createBlock(), compares = builder.createBlock()
      let there = builder.createBlock()
      let has = builder.load(.doubleWord, part, offset: 8)
      builder.branch(
        .notEqual, has, .constant(0), then: there, otherwise: next, [.value(total), .value(second), .value(isSet)])
      builder.seal(there)
      builder.move(to: there)
      builder.branch(.equal, isSet, .constant(0), then: takes, otherwise: compares)
      builder.seal(compares)
      builder.move(to: compares)
      var comparison: SSAComparison = isSigned ? .signedLess : .unsignedLess
      if case .max = aggregation { comparison = isSigned ? .signedGreater : .unsignedGreater }
      builder.branch(
        comparison, value, .value(total), then: takes, otherwise: next,
        [.value(total), .value(second), .value(isSet)])
      builder.seal(takes)
      builder.move(to: takes)
      builder.jump(next, [.value(value), .value(second), .constant(1)])
    case .average, .stats:
      let events = builder.load(.doubleWord, part, offset: 8)
      let sum = builder.binary(.add, total, value)
      let number = builder.binary(.add, second, events)
      builder.jump(next, [.value(sum), .value(number), .value(isSet)])
    case .count, .sum, .histogram, .linearHistogram:
      let sum = builder.binary(.add, total, value)
      builder.jump(next, [.value(sum), .value(second), .value(isSet)])
    }
    builder.seal(next)
    builder.move(to: next)
    let merged = builder.parameters(of: next)
    let following = builder.binary(.add, cpu, 1)
    let more = builder.createBlock()
    builder.branch(
      .unsignedLess, following, .constant(count), then: more, otherwise: end, merged.map { .value($0) })
    builder.seal(more)
    builder.move(to: more)
    builder.jump(head, [.value(following)] + merged.map { .value($0) })
    builder.seal(head)
    builder.seal(end)
    builder.move(to: end)
    let result = builder.parameters(of: end)
    guard case .average(let isSigned) = aggregation else { return result[0] }
    // Division by zero gives zero on the machine: an average of nothing.
    return builder.binary(isSigned ? .signedDivide : .unsignedDivide, result[0], result[1])
  }

  /// Sets every CPU's part of a scalar aggregation to zero.
  mutating func lowerPerCPUClear(_ map: ScriptMap) {
    for cpu in 0..<max(1, features.possibleCPUCount) where features.hasPerCPULookup {
      let key = lowerKey([], of: map)
      let part = builder.call(
        .mapLookupPercpuElem,
        operands: [.value(builder.mapAddress(map.reference)), .value(key), .constant(Int64(cpu))])
      let found = builder.createBlock(), next = builder.createBlock()
      builder.branch(.notEqual, part, .constant(0), then: found, otherwise: next)
      builder.seal(found)
      builder.move(to: found)
      builder.zero(Location(base: part, offset: 0), byteCount: map.valueByteCount)
      builder.jump(next)
      builder.seal(next)
      builder.move(to: next)
    }
  }
}
