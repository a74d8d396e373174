import Bytecode
import Diagnostics

/// Writes one function's instructions, registers and stack places being given out.
struct FunctionEmitter {
  let function: SSAFunction
  let allocation: Allocation
  let frame: StackFrame
  let functionLabels: [Assembler.Label]
  var assembler: Assembler
  /// Per slot of `assembler`, what it serves.
  var spans: [SourceSpan?]
  /// What the instructions written now serve.
  var span: SourceSpan?
  /// How many places moves have used beyond the spilled values' own.
  private(set) var extraSpills = 0
  /// Per block, its label.
  private var labels: [Assembler.Label] = []
  /// Moves in gaps, by position.
  private var gapMoves: [Int32: [Move]] = [:]

  init(
    _ function: SSAFunction, _ allocation: Allocation, _ frame: StackFrame, functionLabels: [Assembler.Label],
    assembler: Assembler, spans: [SourceSpan?]
  ) {
    self.function = function
    self.allocation = allocation
    self.frame = frame
    self.functionLabels = functionLabels
    self.assembler = assembler
    self.spans = spans
  }

  mutating func emit(_ flow: SSAControlFlow, _ liveness: Liveness) throws(CodeGenerationError) {
    collectGapMoves()
    let edges = EdgeMoves(function, allocation, flow, liveness)
    for _ in function.blocks { labels.append(assembler.makeLabel()) }
    let layout = EmissionLayout(function, allocation, edges, hasGapMoves: hasGapMoves)
    for index in function.blocks.indices where !layout.isSkipped[index] {
      assembler.bind(labels[index])
      try emitBlock(index, edges, layout)
    }
  }

  private func hasGapMoves(_ block: Int) -> Bool {
    guard !gapMoves.isEmpty else { return false }
    let range = allocation.live.blockStarts[block]..<allocation.live.blockStarts[block + 1]
    return stride(from: range.lowerBound + 1, to: range.upperBound, by: 2).contains { gapMoves[$0] != nil }
  }

  private mutating func collectGapMoves() {
    allocation.forEachSplit { value, position, before, after in
      guard let source = source(value, before), case .register(let register) = after else { return }
      gapMoves[position, default: []].append(Move(source: source, target: .register(register)))
    }
  }

  /// Where a value is read from at a place that the allocation gave.
  private func source(_ value: SSAValue, _ place: LiveInterval.Place) -> MoveSource? {
    switch place {
    case .register(let register): .register(register)
    case .stack: .spill(allocation.spillSlots[value.index])
    case .none: nil
    }
  }

  // MARK: Blocks

  private mutating func emitBlock(
    _ index: Int, _ edges: EdgeMoves, _ layout: EmissionLayout
  ) throws(CodeGenerationError) {
    let block = function.blocks[index]
    let start = allocation.live.blockStarts[index]
    span = block.instructions.first?.span ?? block.terminatorSpan
    if index == 0 { emitParameters() }
    try move(edges.atStart[index], at: start)
    for parameter in block.parameters { try storeIfSpilled(parameter, from: start) }
    var position = start + 2
    for instruction in block.instructions {
      span = instruction.span
      if let moves = gapMoves[position - 1] { try move(moves, at: position - 1) }
      try emit(instruction, at: position)
      position += 2
    }
    span = block.terminatorSpan
    if let moves = gapMoves[position - 1] { try move(moves, at: position - 1) }
    try move(edges.atEnd[index], at: position)
    try emit(block.terminator, at: position, next: layout.next[index], layout)
  }

  private mutating func emitParameters() {
    var moves: [Move] = []
    for (number, parameter) in function.parameters.enumerated() {
      let register = UInt8(truncatingIfNeeded: number + 1)
      switch allocation.place(of: parameter, from: 0) {
      case .register(let target): moves.append(Move(source: .register(register), target: .register(target)))
      case .stack:
        moves.append(Move(source: .register(register), target: .spill(allocation.spillSlots[parameter.index])))
      case .none: break
      }
    }
    // r0 holds nothing yet, unless a parameter goes there; then there is no cycle through it.
    let isTaken = moves.contains { $0.target == .register(0) }
    for move in ParallelMove.sequence(moves, temporary: .register(isTaken ? 9 : 0)) { try? emit(move, scratch: nil) }
  }

  /// Stores a value where it is defined, once for all intervals that it spends on the stack.
  mutating func storeIfSpilled(_ value: SSAValue, from position: Int32) throws(CodeGenerationError) {
    let slot = allocation.spillSlots[value.index]
    guard slot >= 0, case .register(let register) = allocation.place(of: value, from: position) else { return }
    try emit(Move(source: .register(register), target: .spill(slot)), scratch: nil)
  }

  private mutating func emit(
    _ terminator: SSATerminator, at position: Int32, next: Int?, _ layout: EmissionLayout
  ) throws(CodeGenerationError) {
    switch terminator {
    case .jump(let edge): jump(to: layout.destination(edge.target.index), next: next)
    case .mayGoto(let following, let exhausted):
      let label = labels[layout.destination(exhausted.target.index)]
      append { $0.mayGoto(label) }
      jump(to: layout.destination(following.target.index), next: next)
    case .return(let operand):
      try load(0, operand, at: position)
      append { $0.append(.exit) }
    case .branch(let comparison, let width, let left, let right, let then, let otherwise):
      let target = layout.destination(then.target.index), other = layout.destination(otherwise.target.index)
      if target == other {
        jump(to: target, next: next)
      } else if target == next, let negated = comparison.negated {
        try branch(negated, width, left, right, to: other, at: position)
      } else {
        try branch(comparison, width, left, right, to: target, at: position)
        jump(to: other, next: next)
      }
    }
  }

  private mutating func jump(to block: Int, next: Int?) {
    guard block != next else { return }
    let label = labels[block]
    append { $0.jump(to: label) }
  }

  private mutating func branch(
    _ comparison: SSAComparison, _ width: SSAWidth, _ left: SSAOperand, _ right: SSAOperand, to block: Int,
    at position: Int32
  ) throws(CodeGenerationError) {
    let register = try self.register(left, at: position)
    let label = labels[block]
    if let constant = right.constant {
      let immediate = try self.immediate(constant, width)
      append { $0.jump(if: comparison.condition, register, immediate, width: width.operationWidth, to: label) }
    } else {
      let other = try self.register(right, at: position)
      append { $0.jump(if: comparison.condition, register, other, width: width.operationWidth, to: label) }
    }
  }

  // MARK: Moves

  /// Makes moves that happen at once, at a gap, a block's beginning or its end.
  mutating func move(_ moves: [Move], at position: Int32) throws(CodeGenerationError) {
    guard !moves.isEmpty else { return }
    if moves.count == 1, case .register = moves[0].target {
      try emit(moves[0], scratch: nil)
      return
    }
    let targets = RegisterSet(moves.compactMap(\.target.source.register))
    let lasting = RegisterSet(bits: allocation.occupiedRegisters(at: position)).subtracting(targets)
    let sources = RegisterSet(moves.compactMap(\.source.register))
    let free = lasting.union(sources).union(targets).complement
    let ordered = ParallelMove.sequence(moves, temporary: free.first.map { .register($0) } ?? extraSpill(0))
    var written = RegisterSet([])
    for (index, move) in ordered.enumerated() {
      if case .spill = move.target, move.source.register == nil {
        // Through a register that holds nothing any more, or nothing yet; else through one that steps aside.
        let needed = lasting.union(written).union(RegisterSet(ordered[index...].compactMap(\.source.register)))
        try emit(move, scratch: needed.complement.first, victim: needed.first ?? 0)
      } else {
        try emit(move, scratch: nil)
      }
      if let register = move.target.source.register { written.insert(register) }
    }
  }

  private mutating func extraSpill(_ index: Int) -> MoveTarget {
    extraSpills = max(extraSpills, index + 1)
    return .spill(Int32(truncatingIfNeeded: allocation.spillSlotCount + index))
  }

  /// Makes one move; one that goes from memory to memory passes through `scratch`.
  private mutating func emit(
    _ move: Move, scratch: UInt8?, victim: UInt8 = 0
  ) throws(CodeGenerationError) {
    switch (move.source, move.target) {
    case (_, .register(let number)):
      let target = Bytecode.Register(rawValue: number) ?? .r0
      switch move.source {
      case .register(let source):
        let source = Bytecode.Register(rawValue: source) ?? .r0
        append { $0.append(.move(target, source)) }
      case .spill(let slot):
        let offset = try stackOffset(frame.offset(ofSpill: slot))
        append { $0.append(.load(.doubleWord, target, from: .r10, offset: offset)) }
      case .made(let operation): try make(operation, in: target)
      }
    case (.register(let source), .spill(let slot)):
      let offset = try stackOffset(frame.offset(ofSpill: slot))
      let source = Bytecode.Register(rawValue: source) ?? .r0
      append { $0.append(.store(.doubleWord, source, to: .r10, offset: offset)) }
    case (.made(.constant(let constant)), .spill(let slot)) where Int32(exactly: constant) != nil:
      let offset = try stackOffset(frame.offset(ofSpill: slot))
      append { $0.append(.store(.doubleWord, Int32(truncatingIfNeeded: constant), to: .r10, offset: offset)) }
    case (_, .spill):
      if let scratch {
        try emit(Move(source: move.source, target: .register(scratch)), scratch: nil)
        try emit(Move(source: .register(scratch), target: move.target), scratch: nil)
      } else {
        let saved = extraSpill(1)
        try emit(Move(source: .register(victim), target: saved), scratch: nil)
        try emit(Move(source: move.source, target: .register(victim)), scratch: nil)
        try emit(Move(source: .register(victim), target: move.target), scratch: nil)
        try emit(Move(source: saved.source, target: .register(victim)), scratch: nil)
      }
    }
  }

  /// Appends through `body` and notes what the new slots serve.
  mutating func append(_ body: (inout Assembler) -> Void) {
    body(&assembler)
    while spans.count < assembler.instructions.count { spans.append(span) }
  }
}
