/// One concern of the way from the lowered function to one that the code generator takes.
///
/// A pass reads and writes one function and keeps it in SSA form (`SSAVerifier`).
protocol SSAPass: Sendable {
  /// What dumps and tests call it.
  static var name: String { get }

  func run(on function: inout SSAFunction)
}

/// What values turned out to be: other values, or constants.
struct SSASubstitution {
  private var table: [SSAOperand?]
  private(set) var isEmpty = true

  init(valueCount: Int) { table = Array(repeating: nil, count: valueCount) }

  /// Lets `operand` stand for `value` from here on.
  mutating func replace(_ value: SSAValue, by operand: SSAOperand) {
    let final = resolve(operand)
    guard final != .value(value) else { return }
    if value.index >= table.count { table += Array(repeating: nil, count: value.index + 1 - table.count) }
    table[value.index] = final
    isEmpty = false
  }

  /// What stands for `operand` at the end of all replacements.
  func resolve(_ operand: SSAOperand) -> SSAOperand {
    var current = operand
    while case .value(let value) = current, value.index < table.count, let next = table[value.index] { current = next }
    return current
  }

  /// Puts all replacements into the function.
  func apply(to function: inout SSAFunction) {
    guard !isEmpty else { return }
    for index in function.blocks.indices {
      for place in function.blocks[index].instructions.indices {
        function.blocks[index].instructions[place].operation.mapOperands(resolve)
      }
      function.blocks[index].terminator.mapOperands(resolve)
    }
  }
}

extension SSAFunction {
  /// Puts the blocks into the given order, the first staying first; blocks that are not in it go away.
  mutating func reorderBlocks(_ order: [Int]) {
    var places = [Int](repeating: -1, count: blocks.count)
    for (place, block) in order.enumerated() { places[block] = place }
    blocks = order.map { blocks[$0] }
    for index in blocks.indices {
      blocks[index].terminator.mapEdges { edge in edge.target = SSABlockID(places[edge.target.index]) }
    }
  }

  /// Per value, what defines it; nil for parameters.
  func definitions() -> [SSAOperation?] {
    var definitions = [SSAOperation?](repeating: nil, count: valueCount)
    for block in blocks {
      for instruction in block.instructions {
        if let result = instruction.result { definitions[result.index] = instruction.operation }
      }
    }
    return definitions
  }
}
