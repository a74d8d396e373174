import Bytecode
import Diagnostics
import TraceLanguage

/// A loop that is being written, innermost last.
struct LoopFrame {
  enum Kind {
    /// Repeated in place: where a round's end and the loop's end are.
    case inline(next: SSABlockID, end: SSABlockID)
    /// A callback of the kernel's: a round ends by returning 0, the loop by returning 1.
    case callback(returnFlag: Int32)
  }

  var kind: Kind
}

/// Loops are callbacks: `bpf_loop` (kernel 5.17) and `bpf_for_each_map_elem` (kernel 5.13) call a function of the
/// program for each round.
///
/// The function gets a pointer to a frame on its caller's stack: the program's context and its scratch memory. All
/// else that it shares with what is around it lies in that scratch memory.
extension ProgramLowering {
  /// Rounds that a `while` loop makes at the most; then it ends with a warning.
  static let roundLimit: Int64 = 1 << 20

  private static let frameByteCount = 16

  mutating func lowerLeavingLoop(isBreak: Bool) {
    switch loops.last?.kind {
    case .inline(let next, let end)?: builder.jump(isBreak ? end : next)
    case .callback?: builder.returnValue(.constant(isBreak ? 1 : 0))
    case nil: break
    }
  }

  /// Leaves the probe from wherever the text is.
  mutating func lowerReturn() {
    for loop in loops.reversed() {
      guard case .callback(let flag) = loop.kind else { continue }
      let base = scratchBase()
      builder.store(.doubleWord, Location(base: base, offset: flag), constant: 1)
      builder.returnValue(.constant(1))
      return
    }
    builder.jump(exitBlock)
  }

  mutating func lowerWhile(_ condition: Expression, _ body: Block) {
    guard requireLoops(at: condition.span) else { return }
    let rounds = builder.constant(Self.roundLimit)
    let made = lowerLoop(rounds: rounds) { lowering, _ in
      let run = lowering.builder.createBlock(), stop = lowering.builder.createBlock()
      lowering.lowerBranch(on: condition, then: run, otherwise: stop)
      lowering.builder.seal(stop)
      lowering.builder.move(to: stop)
      lowering.builder.returnValue(.constant(1))
      lowering.builder.seal(run)
      lowering.builder.move(to: run)
      lowering.lowerBlock(body)
    }
    let limit = builder.createBlock(), end = builder.createBlock()
    builder.branch(.equal, made, .constant(Self.roundLimit), then: limit, otherwise: end)
    builder.seal(limit)
    builder.move(to: limit)
    // The last round that is allowed may also be the one that ended the loop.
    lowerRuntimeError(.loopLimit(rounds: Int(Self.roundLimit)), at: condition.span, returned: made)
    builder.jump(end)
    builder.seal(end)
    builder.move(to: end)
  }

  mutating func lowerForRange(_ variable: Name, _ from: Expression, _ to: Expression, _ body: Block) {
    guard requireLoops(at: variable.span) else { return }
    let first = lowerScalar(from)
    let last = lowerScalar(to)
    // What the rounds need of the start goes through memory, as everything that a callback shares.
    let start = scratchLocation(byteCount: 8)
    builder.store(.doubleWord, start, first)
    let count = builder.binary(.sub, last, first)
    let some = builder.createBlock(), end = builder.createBlock(), run = builder.createBlock(parameterCount: 1)
    let many = builder.createBlock()
    builder.branch(.signedGreater, last, .value(first), then: some, otherwise: end)
    builder.seal(some)
    builder.move(to: some)
    builder.branch(
      .unsignedGreater, count, .constant(Self.roundLimit), then: many, otherwise: run, [.value(count)])
    builder.seal(many)
    builder.move(to: many)
    lowerRuntimeError(.loopLimit(rounds: Int(Self.roundLimit)), at: variable.span, returned: count)
    builder.jump(run, [.constant(Self.roundLimit)])
    builder.seal(run)
    builder.move(to: run)
    _ = lowerLoop(rounds: builder.parameters(of: run)[0]) { lowering, index in
      let base = lowering.scratchBase()
      let first = lowering.builder.load(.doubleWord, Location(base: base, offset: start.offset))
      // The kernel counts in 32 bits.
      let round = lowering.builder.zeroExtend(index, bits: 32)
      let value = lowering.builder.binary(.add, first, round)
      lowering.declare(variable)
      lowering.writeVariable(variable.span, value)
      lowering.lowerBlock(body)
    }
    builder.jump(end)
    builder.seal(end)
    builder.move(to: end)
  }

  mutating func lowerForMap(_ variable: Name, _ map: TraceLanguage.MapReference, _ body: Block) {
    guard let facts = assembly.scriptMaps[map.name.text] else { return }
    guard features.hasForEachMapElement else {
      assembly.diagnostics.report(.unsupportedByKernel("a for-loop over a map", needs: "5.13", at: variable.span))
      return
    }
    let type = variableType(variable.span)
    let flag = clearedFlag()
    let function = lowerCallback(name: "each", parameterCount: 4, frameParameter: 3, flag: flag) {
      lowering, parameters in
      lowering.declare(variable)
      lowering.lowerEntry(of: facts, key: parameters[1], value: parameters[2], to: variable.span, type: type)
      lowering.lowerBlock(body)
    }
    let frame = loopFrame()
    builder.call(
      .forEachMapElem,
      operands: [
        .value(builder.mapAddress(facts.reference)), .value(builder.functionAddress(function)), .value(frame),
        .constant(0),
      ])
    lowerAfterLoop(flag: flag)
  }

  /// Puts an entry's key and value together as the tuple that the loop's variable is.
  private mutating func lowerEntry(
    of map: ScriptAssembly.ScriptMap, key: SSAValue, value: SSAValue, to declaration: SourceSpan, type: ValueType
  ) {
    guard case .tuple(let parts) = type, parts.count == 2, case .memory(let offset)? = storage[declaration] else {
      return
    }
    let base = scratchBase()
    let tuple = Location(base: base, offset: offset)
    let offsets = StorageLayout.fieldOffsets(of: parts, catalog: catalog).offsets
    builder.copy(to: tuple.advanced(by: offsets[0]), from: Location(base: key, offset: 0), byteCount: map.keyByteCount)
    if case .aggregation(let aggregation) = map.value {
      let number = lowerAggregate(aggregation, of: map, key: key)
      builder.store(.doubleWord, tuple.advanced(by: offsets[1]), number)
    } else {
      builder.copy(
        to: tuple.advanced(by: offsets[1]), from: Location(base: value, offset: 0), byteCount: map.valueByteCount)
    }
  }

  // MARK: Callbacks

  private mutating func requireLoops(at span: SourceSpan) -> Bool {
    if features.hasLoop { return true }
    assembly.diagnostics.report(.unsupportedByKernel("a loop", needs: "5.17", at: span))
    return false
  }

  /// Runs `body` so many times; gives the number of rounds that were made.
  private mutating func lowerLoop(
    rounds: SSAValue, _ body: (inout ProgramLowering, SSAValue) -> Void
  ) -> SSAValue {
    let flag = clearedFlag()
    let function = lowerCallback(name: "loop", parameterCount: 2, frameParameter: 1, flag: flag) {
      lowering, parameters in
      body(&lowering, parameters[0])
    }
    let frame = loopFrame()
    let made = builder.call(
      .loop, operands: [.value(rounds), .value(builder.functionAddress(function)), .value(frame), .constant(0)])
    lowerAfterLoop(flag: flag)
    return made
  }

  /// A word of scratch memory that a `return` in the loop's body sets.
  private mutating func clearedFlag() -> Int32 {
    let flag = scratchLocation(byteCount: 8)
    builder.store(.doubleWord, flag, constant: 0)
    return flag.offset
  }

  private mutating func lowerAfterLoop(flag: Int32) {
    let base = scratchBase()
    let returned = builder.load(.doubleWord, Location(base: base, offset: flag))
    let leave = builder.createBlock(), stay = builder.createBlock()
    builder.branch(.notEqual, returned, .constant(0), then: leave, otherwise: stay)
    builder.seal(leave)
    builder.move(to: leave)
    lowerReturn()
    builder.seal(stay)
    builder.move(to: stay)
  }

  /// What a callback of this function is handed: the context and the scratch memory, on the stack.
  private mutating func loopFrame() -> SSAValue {
    let base = scratchBase()
    let address = builder.frameAddress(slot(byteCount: Self.frameByteCount))
    builder.store(.doubleWord, address, frame.context)
    builder.store(.doubleWord, address, offset: 8, base)
    return address
  }

  /// Writes a function of its own and gives its index.
  private mutating func lowerCallback(
    name: String, parameterCount: Int, frameParameter: Int, flag: Int32,
    _ body: (inout ProgramLowering, [SSAValue]) -> Void
  ) -> Int {
    // Functions are named by their place, which is known before they are complete: nested ones come later.
    let index = callbacks.count + 1
    callbacks.append(SSAFunction(name: "\(name)_\(index)", parameterCount: parameterCount))
    let outerBuilder = builder
    let outerFrame = frame
    builder = SSABuilder(name: "\(name)_\(index)", parameterCount: parameterCount)
    builder.span = outerBuilder.span
    let parameters = builder.parameters
    let context = builder.load(.doubleWord, parameters[frameParameter])
    let base = builder.load(.doubleWord, parameters[frameParameter], offset: 8)
    frame = FunctionFrame(context: context, scratchBase: base)
    loops.append(LoopFrame(kind: .callback(returnFlag: flag)))
    inScope { body(&$0, parameters) }
    loops.removeLast()
    builder.returnValue(.constant(0))
    callbacks[index - 1] = builder.finish()
    builder = outerBuilder
    frame = outerFrame
    return index
  }
}
