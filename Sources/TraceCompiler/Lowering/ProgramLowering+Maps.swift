import Bytecode
import Diagnostics
import TraceLanguage

/// Reading and writing the script's maps. Values are changed where they lie wherever they can be.
extension ProgramLowering {
  typealias ScriptMap = ScriptAssembly.ScriptMap

  func scriptMap(_ name: String) -> ScriptMap? { assembly.scriptMaps[name] }

  // MARK: Keys

  /// Writes a key and gives its address; a scalar map's key is the number 0.
  mutating func lowerKey(_ keys: [Expression], of map: ScriptMap) -> SSAValue {
    guard let type = map.key else {
      let slot = wordSlot()
      builder.store(.word, slot, constant: 0)
      return builder.address(of: slot)
    }
    let target = temporary(byteCount: map.keyByteCount)
    if keys.count == 1 {
      lower(keys[0], into: target, as: type)
    } else if case .tuple(let types) = type {
      let offsets = StorageLayout.fieldOffsets(of: types, catalog: catalog).offsets
      for (index, key) in keys.enumerated() where types.indices.contains(index) {
        lower(key, into: target.advanced(by: offsets[index]), as: types[index])
      }
    }
    return builder.address(of: target)
  }

  private mutating func lookUp(_ map: ScriptMap, key: SSAValue) -> SSAValue {
    builder.call(.mapLookupElem, [builder.mapAddress(map.reference), key])
  }

  /// Runs `found` with the value's address when there is one, else `missing`; both leave a value.
  private mutating func withValue(
    of map: ScriptMap, keys: [Expression], found: (inout ProgramLowering, SSAValue) -> SSAValue,
    missing: (inout ProgramLowering) -> SSAValue
  ) -> SSAValue {
    if map.storage == .array {
      // The one value of a scalar has an address that is known when the program is loaded.
      let address = builder.mapValueAddress(map.reference)
      return found(&self, address)
    }
    let mark = temporaryMark
    let key = lowerKey(keys, of: map)
    releaseTemporaries(to: mark)
    let value = lookUp(map, key: key)
    let foundBlock = builder.createBlock(), missingBlock = builder.createBlock()
    let end = builder.createBlock(parameterCount: 1)
    builder.branch(.notEqual, value, .constant(0), then: foundBlock, otherwise: missingBlock)
    builder.seal(foundBlock)
    builder.seal(missingBlock)
    builder.move(to: foundBlock)
    let first = inRegion { found(&$0, value) }
    builder.jump(end, [.value(first)])
    builder.move(to: missingBlock)
    let second = inRegion { missing(&$0) }
    builder.jump(end, [.value(second)])
    builder.seal(end)
    builder.move(to: end)
    return builder.parameters(of: end)[0]
  }

  // MARK: Reading

  /// A scalar out of a map; what is not there is zero.
  mutating func lowerMapValue(_ reference: TraceLanguage.MapReference) -> SSAValue {
    guard let map = scriptMap(reference.name.text) else { return builder.constant(0) }
    if case .aggregation(let aggregation) = map.value {
      let mark = temporaryMark
      defer { releaseTemporaries(to: mark) }
      return lowerAggregate(aggregation, of: map, key: lowerKey(reference.keys, of: map))
    }
    let span = builder.span ?? reference.span
    return withValue(of: map, keys: reference.keys) { lowering, value in
      lowering.builder.load(.doubleWord, value)
    } missing: { lowering in
      lowering.lowerMissingKey(at: span)
      return lowering.builder.constant(0)
    }
  }

  private mutating func lowerMissingKey(at span: SourceSpan) {
    guard assembly.options.warningLevel > 1 else { return }
    lowerRuntimeError(.helper("map_lookup_elem"), at: span, returned: nil)
  }

  /// A value that does not fit a register.
  mutating func lowerMapValue(
    _ reference: TraceLanguage.MapReference, into target: Location, as type: ValueType
  ) {
    guard let map = scriptMap(reference.name.text) else { return }
    let stored = map.value.stored
    _ = withValue(of: map, keys: reference.keys) { lowering, value in
      lowering.copyStored(from: Location(base: value, offset: 0), stored, into: target, as: type)
      return lowering.builder.constant(0)
    } missing: { lowering in
      let byteCount = StorageLayout.roundedUp(lowering.layout(of: type).byteCount)
      lowering.builder.zero(target, byteCount: byteCount)
      return lowering.builder.constant(0)
    }
  }

  mutating func lowerHasKey(_ arguments: [Expression]) -> SSAValue {
    guard case .map(let reference) = arguments[0].kind, let map = scriptMap(reference.name.text) else {
      return builder.constant(0)
    }
    let mark = temporaryMark
    defer { releaseTemporaries(to: mark) }
    let key = lowerKey([arguments[1]], of: map)
    return builder.compare(.notEqual, lookUp(map, key: key), 0)
  }

  /// Deletes an entry and gives whether there was one; a scalar becomes zero.
  mutating func lowerDelete(_ arguments: [Expression]) -> SSAValue {
    guard case .map(let reference) = arguments[0].kind, let map = scriptMap(reference.name.text) else {
      return builder.constant(0)
    }
    let mark = temporaryMark
    defer { releaseTemporaries(to: mark) }
    guard map.isKeyed else {
      let place: SSAValue
      if map.storage == .array {
        place = builder.mapValueAddress(map.reference)
        builder.zero(Location(base: place, offset: 0), byteCount: map.valueByteCount)
      } else {
        lowerPerCPUClear(map)
      }
      return builder.constant(1)
    }
    let key = lowerKey(arguments.count == 2 ? [arguments[1]] : reference.keys, of: map)
    let result = builder.call(.mapDeleteElem, [builder.mapAddress(map.reference), key])
    return builder.compare(.equal, result, 0)
  }

  // MARK: Writing

  mutating func lowerAssignment(
    to reference: TraceLanguage.MapReference, _ operation: AssignmentOperator, _ value: Expression
  ) {
    guard let map = scriptMap(reference.name.text) else { return }
    let span = builder.span
    let mark = temporaryMark
    defer { releaseTemporaries(to: mark) }
    if case .aggregation(let aggregation) = map.value {
      lowerAggregation(aggregation, of: map, keys: reference.keys, call: value)
      return
    }
    if case .compound(let operator_) = operation {
      lowerCompound(operator_, map, reference.keys, value)
      return
    }
    guard map.value.stored.isScalar else {
      let target = temporary(byteCount: map.valueByteCount)
      if map.storage == .array {
        lower(value, into: target, as: map.value.stored)
        let place = builder.mapValueAddress(map.reference)
        builder.copy(to: Location(base: place, offset: 0), from: target, byteCount: map.valueByteCount)
        return
      }
      lower(value, into: target, as: map.value.stored)
      let key = lowerKey(reference.keys, of: map)
      builder.span = span
      lowerUpdate(map, key: key, value: builder.address(of: target), flags: 0)
      return
    }
    let scalar = lowerScalar(value)
    builder.span = span
    lowerStore(scalar, in: map, keys: reference.keys)
  }

  /// Stores a scalar: in place where there is an entry.
  private mutating func lowerStore(_ scalar: SSAValue, in map: ScriptMap, keys: [Expression]) {
    if map.storage == .array {
      builder.store(.doubleWord, builder.mapValueAddress(map.reference), scalar)
      return
    }
    let key = lowerKey(keys, of: map)
    let value = lookUp(map, key: key)
    let found = builder.createBlock(), missing = builder.createBlock(), end = builder.createBlock()
    builder.branch(.notEqual, value, .constant(0), then: found, otherwise: missing)
    builder.seal(found)
    builder.seal(missing)
    builder.move(to: found)
    builder.store(.doubleWord, value, scalar)
    builder.jump(end)
    builder.move(to: missing)
    inRegion { lowering in
      let slot = lowering.wordSlot()
      lowering.builder.store(.doubleWord, slot, scalar)
      lowering.lowerUpdate(map, key: key, value: lowering.builder.address(of: slot), flags: 0)
    }
    builder.jump(end)
    builder.seal(end)
    builder.move(to: end)
  }

  /// `bpf_map_update_elem`, with a warning when there is no room.
  private mutating func lowerUpdate(_ map: ScriptMap, key: SSAValue, value: SSAValue, flags: Int64) {
    let result = builder.call(
      .mapUpdateElem,
      operands: [.value(builder.mapAddress(map.reference)), .value(key), .value(value), .constant(flags)])
    lowerUpdateCheck(result, map)
  }

  private mutating func lowerUpdateCheck(_ result: SSAValue, _ map: ScriptMap) {
    let failed = builder.createBlock(), end = builder.createBlock()
    builder.branch(.signedLess, result, .constant(0), then: failed, otherwise: end)
    builder.seal(failed)
    builder.move(to: failed)
    lowerRuntimeError(.mapFull(map: name(of: map)), at: builder.span ?? probe.span, returned: result)
    builder.jump(end)
    builder.seal(end)
    builder.move(to: end)
  }

  private func name(of map: ScriptMap) -> String {
    if case .script(let name, _, _) = assembly.maps[map.reference.index].role { name } else { "" }
  }

  /// The address of an entry's value, which is made of zeros when there is none; zero when there is no room for it.
  private mutating func lowerEntry(of map: ScriptMap, keys: [Expression]) -> SSAValue {
    if map.storage == .array { return builder.mapValueAddress(map.reference) }
    let key = lowerKey(keys, of: map)
    let value = lookUp(map, key: key)
    if !map.isKeyed { return value }
    let missing = builder.createBlock(), end = builder.createBlock(parameterCount: 1)
    builder.branch(.notEqual, value, .constant(0), then: end, [.value(value)], otherwise: missing)
    builder.seal(missing)
    builder.move(to: missing)
    let made = inRegion { lowering in
      let zeros = lowering.temporary(byteCount: map.valueByteCount)
      lowering.builder.zero(zeros, byteCount: map.valueByteCount)
      // Another CPU may have been quicker: then its entry is taken.
      lowering.builder.call(
        .mapUpdateElem,
        operands: [
          .value(lowering.builder.mapAddress(map.reference)), .value(key),
          .value(lowering.builder.address(of: zeros)), .constant(1),
        ])
      return lowering.lookUp(map, key: key)
    }
    builder.jump(end, [.value(made)])
    builder.seal(end)
    builder.move(to: end)
    return builder.parameters(of: end)[0]
  }

  /// Runs `body` with an entry's address; without room for the entry there is a warning.
  private mutating func withEntry(
    of map: ScriptMap, keys: [Expression], _ body: (inout ProgramLowering, SSAValue) -> SSAValue
  ) -> SSAValue {
    let value = lowerEntry(of: map, keys: keys)
    if map.storage == .array { return body(&self, value) }
    let there = builder.createBlock(), full = builder.createBlock(), end = builder.createBlock(parameterCount: 1)
    builder.branch(.notEqual, value, .constant(0), then: there, otherwise: full)
    builder.seal(there)
    builder.seal(full)
    builder.move(to: full)
    lowerRuntimeError(.mapFull(map: name(of: map)), at: builder.span ?? probe.span, returned: nil)
    builder.jump(end, [.constant(0)])
    builder.move(to: there)
    let result = inRegion { body(&$0, value) }
    builder.jump(end, [.value(result)])
    builder.seal(end)
    builder.move(to: end)
    return builder.parameters(of: end)[0]
  }

  /// `@x++` and its forms; gives the value before or after.
  @discardableResult
  mutating func lowerMapUpdate(
    _ reference: TraceLanguage.MapReference, by step: Int64, givingOld: Bool? = nil
  ) -> SSAValue {
    guard let map = scriptMap(reference.name.text) else { return builder.constant(0) }
    let mark = temporaryMark
    defer { releaseTemporaries(to: mark) }
    return withEntry(of: map, keys: reference.keys) { lowering, value in
      guard let givingOld else {
        // Nobody looks at the value: one addition that no other CPU can come between.
        lowering.builder.atomicAdd(.doubleWord, value, .constant(step))
        return lowering.builder.constant(0)
      }
      let before: SSAValue
      if lowering.features.hasFetchingAtomics {
        before = lowering.builder.atomicFetchAdd(.doubleWord, value, .constant(step))
      } else {
        before = lowering.builder.load(.doubleWord, value)
        lowering.builder.store(.doubleWord, value, lowering.builder.binary(.add, before, step))
      }
      return givingOld ? before : lowering.builder.binary(.add, before, step)
    }
  }

  private mutating func lowerCompound(
    _ operation: BinaryOperator, _ map: ScriptMap, _ keys: [Expression], _ value: Expression
  ) {
    let right = lowerScalar(value)
    let rightType = type(of: value), rightConstant = constantInteger(value)
    _ = withEntry(of: map, keys: keys) { lowering, entry in
      if operation == .add || operation == .subtract, map.value.isNumeric {
        let step = operation == .add ? right : lowering.builder.negate(right)
        lowering.builder.atomicAdd(.doubleWord, entry, .value(step))
      } else {
        let before = lowering.builder.load(.doubleWord, entry)
        let after = lowering.lowerBinary(operation, before, map.value, nil, right, rightType, rightConstant)
        lowering.builder.store(.doubleWord, entry, after)
      }
      return lowering.builder.constant(0)
    }
  }

  // MARK: Aggregations

  private mutating func lowerAggregation(
    _ aggregation: Aggregation, of map: ScriptMap, keys: [Expression], call expression: Expression
  ) {
    guard case .call(let call) = expression.kind else { return }
    let number = call.arguments.first.map { lowerScalar($0) }
    builder.span = expression.span
    _ = withEntry(of: map, keys: keys) { lowering, entry in
      lowering.lowerAccumulation(aggregation, entry, number)
      return lowering.builder.constant(0)
    }
  }

  private mutating func lowerAccumulation(_ aggregation: Aggregation, _ entry: SSAValue, _ number: SSAValue?) {
    let value = number ?? builder.constant(1)
    switch aggregation {
    case .count: builder.atomicAdd(.doubleWord, entry, .constant(1))
    case .sum: builder.atomicAdd(.doubleWord, entry, .value(value))
    case .average, .stats:
      builder.atomicAdd(.doubleWord, entry, .value(value))
      builder.atomicAdd(.doubleWord, entry, offset: 8, .constant(1))
    case .min(let isSigned): lowerExtreme(isSigned ? .signedLess : .unsignedLess, entry, value)
    case .max(let isSigned): lowerExtreme(isSigned ? .signedGreater : .unsignedGreater, entry, value)
    case .histogram(let buckets): lowerBucket(lowerLogarithmicIndex(value, buckets), of: entry, count: buckets.count)
    case .linearHistogram(let buckets): lowerBucket(lowerLinearIndex(value, buckets), of: entry, count: buckets.count)
    }
  }

  /// Keeps the value when it beats what is there, or when nothing is there yet.
  private mutating func lowerExtreme(_ comparison: SSAComparison, _ entry: SSAValue, _ value: SSAValue) {
    let compare = builder.createBlock(), set = builder.createBlock(), end = builder.createBlock()
    let isSet = builder.load(.doubleWord, entry, offset: 8)
    builder.branch(.notEqual, isSet, .constant(0), then: compare, otherwise: set)
    builder.seal(compare)
    builder.move(to: compare)
    let known = builder.load(.doubleWord, entry)
    builder.branch(comparison, value, .value(known), then: set, otherwise: end)
    builder.seal(set)
    builder.move(to: set)
    builder.store(.doubleWord, entry, value)
    builder.store(.doubleWord, entry, offset: 8, constant: 1)
    builder.jump(end)
    builder.seal(end)
    builder.move(to: end)
  }

  private mutating func lowerBucket(_ index: SSAValue, of entry: SSAValue, count: Int) {
    // The verifier must see that the bucket lies in the value.
    let inside = builder.createBlock(), end = builder.createBlock()
    builder.branch(.unsignedLess, index, .constant(Int64(count)), then: inside, otherwise: end)
    builder.seal(inside)
    builder.move(to: inside)
    let place = builder.binary(.add, entry, builder.binary(.shiftLeft, index, 3))
    builder.atomicAdd(.doubleWord, place, .constant(1))
    builder.jump(end)
    builder.seal(end)
    builder.move(to: end)
  }

  /// The number of the bucket of ``LogarithmicBuckets``.
  private mutating func lowerLogarithmicIndex(_ value: SSAValue, _ buckets: LogarithmicBuckets) -> SSAValue {
    let end = builder.createBlock(parameterCount: 1)
    let notNegative = builder.createBlock(), large = builder.createBlock()
    builder.branch(.signedLess, value, .constant(0), then: end, [.constant(0)], otherwise: notNegative)
    builder.seal(notNegative)
    builder.move(to: notNegative)
    let parts = Int64(1) << Int64(buckets.bits)
    let single = builder.binary(.add, value, 1)
    builder.branch(.unsignedLess, value, .constant(parts), then: end, [.value(single)], otherwise: large)
    builder.seal(large)
    builder.move(to: large)
    // The highest set bit, halving the distance each time, without a branch.
    var rest = value
    var exponent = builder.constant(0)
    for step in [Int64(32), 16, 8, 4, 2, 1] {
      let isAbove = builder.compare(.unsignedGreaterOrEqual, rest, Int64(1) << step)
      let distance = builder.binary(.shiftLeft, isAbove, Int64(step.trailingZeroBitCount))
      rest = builder.binary(.logicalShiftRight, rest, distance)
      exponent = builder.binary(.or, exponent, distance)
    }
    let bits = Int64(buckets.bits)
    // 1 + 2^k + (exponent - k) * 2^k + part
    let scaled = builder.binary(.shiftLeft, builder.binary(.sub, exponent, bits), bits)
    var index = builder.binary(.add, scaled, 1 + parts)
    if bits > 0 {
      let shifted = builder.binary(.logicalShiftRight, value, builder.binary(.sub, exponent, bits))
      index = builder.binary(.add, index, builder.binary(.and, shifted, parts - 1))
    }
    builder.jump(end, [.value(index)])
    builder.seal(end)
    builder.move(to: end)
    return builder.parameters(of: end)[0]
  }

  /// The number of the bucket of ``LinearBuckets``.
  private mutating func lowerLinearIndex(_ value: SSAValue, _ buckets: LinearBuckets) -> SSAValue {
    let end = builder.createBlock(parameterCount: 1)
    let notBelow = builder.createBlock(), inside = builder.createBlock()
    builder.branch(.signedLess, value, .constant(buckets.minimum), then: end, [.constant(0)], otherwise: notBelow)
    builder.seal(notBelow)
    builder.move(to: notBelow)
    builder.branch(
      .signedGreaterOrEqual, value, .constant(buckets.maximum), then: end, [.constant(Int64(buckets.count - 1))],
      otherwise: inside)
    builder.seal(inside)
    builder.move(to: inside)
    let distance = builder.binary(.sub, value, buckets.minimum)
    let index = builder.binary(.add, builder.binary(.unsignedDivide, distance, buckets.step), 1)
    builder.jump(end, [.value(index)])
    builder.seal(end)
    builder.move(to: end)
    return builder.parameters(of: end)[0]
  }
}
