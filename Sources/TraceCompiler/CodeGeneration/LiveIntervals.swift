/// The positions of a function's instructions and the intervals of its values, before registers are given out.
struct LiveIntervals {
  /// Per block, the position where it begins; one more at the end.
  private(set) var blockStarts: [Int32] = []
  /// One per value that needs a place, in no order.
  private(set) var intervals: [LiveInterval] = []
  /// The positions of calls, which clobber r0 to r5, ascending.
  private(set) var calls: [Int32] = []
  /// The positions of instructions that clobber r0 only, ascending.
  private(set) var resultClobbers: [Int32] = []
  /// Per value, what makes it where it is needed: such a value has no interval.
  private(set) var rematerialized: [SSAOperation?]
  /// Per value, registers that would save a move, best first.
  private(set) var registerHints: [[UInt8]]
  /// Per value, other values whose register it would do well to share.
  private(set) var valueHints: [[SSAValue]]

  /// Per value, its spans as they are found: descending.
  private var spans: [[LiveInterval.Span]]
  /// Per value, its uses as they are found: descending.
  private var uses: [[LiveInterval.Use]]

  init(_ function: SSAFunction, liveness: Liveness) {
    rematerialized = Array(repeating: nil, count: function.valueCount)
    registerHints = Array(repeating: [], count: function.valueCount)
    valueHints = Array(repeating: [], count: function.valueCount)
    spans = Array(repeating: [], count: function.valueCount)
    uses = Array(repeating: [], count: function.valueCount)
    var position: Int32 = 0
    for block in function.blocks {
      blockStarts.append(position)
      position += 2 * Int32(truncatingIfNeeded: block.instructions.count + 2)
    }
    blockStarts.append(position)
    findRematerialized(function)
    for index in function.blocks.indices.reversed() { visit(index, of: function, liveness) }
    calls.reverse()
    resultClobbers.reverse()
    for index in spans.indices where !spans[index].isEmpty {
      intervals.append(
        LiveInterval(
          value: SSAValue(number: Int32(truncatingIfNeeded: index)), spans: spans[index].reversed(),
          uses: uses[index].reversed()))
    }
    spans = []
    uses = []
  }

  /// Where the block's terminator stands.
  func terminatorPosition(_ block: Int) -> Int32 { blockStarts[block + 1] - 2 }

  /// A value that can be made anywhere needs no register when no instruction wants it in one.
  private mutating func findRematerialized(_ function: SSAFunction) {
    for block in function.blocks {
      for instruction in block.instructions {
        if let result = instruction.result, instruction.operation.isRematerializable {
          rematerialized[result.index] = instruction.operation
        }
      }
    }
    func note(_ operand: SSAOperand, _ constraint: OperandConstraint, _ table: inout [SSAOperation?]) {
      guard case .value(let value) = operand, let operation = table[value.index] else { return }
      switch constraint {
      case .anywhere: return
      case .base, .outlivingBase: if case .frameAddress = operation { return }
      case .register, .outlivingRegister: break
      }
      table[value.index] = nil
    }
    var table = rematerialized
    for block in function.blocks {
      for instruction in block.instructions {
        instruction.operation.forEachConstrainedOperand { note($0, $1, &table) }
      }
      block.terminator.forEachConstrainedOperand { note($0, $1, &table) }
    }
    rematerialized = table
  }

  // MARK: One block, from its end to its beginning

  private mutating func visit(_ index: Int, of function: SSAFunction, _ liveness: Liveness) {
    let block = function.blocks[index]
    let from = blockStarts[index], to = blockStarts[index + 1]
    liveness.forEachLiveOut(index) { add($0, from: from, to: to) }
    for edge in block.terminator.edges {
      for (argument, parameter) in zip(edge.arguments, function[edge.target].parameters) {
        guard case .value(let value) = argument, rematerialized[value.index] == nil else { continue }
        add(value, from: from, to: to)
        valueHints[value.index].append(parameter)
        valueHints[parameter.index].append(value)
      }
    }
    var position = to - 2
    switch block.terminator {
    case .branch(_, _, let left, let right, _, _):
      use(left, .register, at: position, from: from)
      use(right, .register, at: position, from: from)
    case .return(let operand):
      use(operand, .anywhere, at: position, from: from)
      hint(operand, 0)
    case .jump, .mayGoto: break
    }
    for instruction in block.instructions.reversed() {
      position -= 2
      visit(instruction, at: position, from: from)
    }
    for (number, parameter) in block.parameters.enumerated() {
      define(parameter, at: from, needsRegister: false)
      if index == 0 { registerHints[parameter.index].append(UInt8(truncatingIfNeeded: number + 1)) }
    }
  }

  private mutating func visit(_ instruction: SSAInstruction, at position: Int32, from: Int32) {
    let operation = instruction.operation
    if let result = instruction.result, rematerialized[result.index] == nil {
      if operation.isCall {
        if !spans[result.index].isEmpty { define(result, at: position + 1, needsRegister: true) }
        registerHints[result.index].append(0)
      } else {
        if operation.isRematerializable, spans[result.index].isEmpty { return }
        define(result, at: position, needsRegister: true)
      }
    }
    if operation.isCall { calls.append(position) }
    switch operation {
    case .binary(_, _, let left, _), .unary(_, let left), .atomic(_, _, _, let left, _):
      if let result = instruction.result, case .value(let value) = left, rematerialized[value.index] == nil {
        valueHints[result.index].append(value)
        valueHints[value.index].append(result)
      }
    case .compareExchange(_, _, let expected, _):
      resultClobbers.append(position)
      hint(expected, 0)
      if let result = instruction.result { registerHints[result.index].append(0) }
    case .call(_, let arguments, _), .callFunction(_, let arguments), .callKernelFunction(_, let arguments):
      for (number, argument) in arguments.enumerated() { hint(argument, UInt8(truncatingIfNeeded: number + 1)) }
    default: break
    }
    operation.forEachConstrainedOperand { use($0, $1, at: position, from: from) }
  }

  private mutating func hint(_ operand: SSAOperand, _ register: UInt8) {
    if case .value(let value) = operand { registerHints[value.index].append(register) }
  }

  private mutating func use(_ operand: SSAOperand, _ constraint: OperandConstraint, at position: Int32, from: Int32) {
    guard case .value(let value) = operand, rematerialized[value.index] == nil else { return }
    let outlives: Bool
    let needsRegister: Bool
    switch constraint {
    case .register, .base: (outlives, needsRegister) = (false, true)
    case .outlivingRegister, .outlivingBase: (outlives, needsRegister) = (true, true)
    case .anywhere: (outlives, needsRegister) = (false, false)
    }
    add(value, from: from, to: outlives ? position + 1 : position)
    uses[value.index].append(LiveInterval.Use(position: position, needsRegister: needsRegister))
  }

  /// Adds a span that ends at or before all those already there.
  private mutating func add(_ value: SSAValue, from: Int32, to: Int32) {
    guard rematerialized[value.index] == nil, from < to else { return }
    let last = spans[value.index].count - 1
    if last >= 0, spans[value.index][last].from <= to {
      spans[value.index][last].from = min(from, spans[value.index][last].from)
      spans[value.index][last].to = max(to, spans[value.index][last].to)
    } else {
      spans[value.index].append(LiveInterval.Span(from: from, to: to))
    }
  }

  private mutating func define(_ value: SSAValue, at position: Int32, needsRegister: Bool) {
    if spans[value.index].isEmpty {
      spans[value.index].append(LiveInterval.Span(from: position, to: position + 1))
    } else {
      spans[value.index][spans[value.index].count - 1].from = position
    }
    uses[value.index].append(LiveInterval.Use(position: position, needsRegister: needsRegister))
  }
}
