/// Drops what nobody uses: instructions without an effect, and block parameters with their arguments.
struct RemoveDeadCode: SSAPass {
  static let name = "remove-dead-code"

  func run(on function: inout SSAFunction) {
    var place = [(block: Int32, index: Int32)?](repeating: nil, count: function.valueCount)
    var isNeeded = [Bool](repeating: false, count: function.valueCount)
    var work: [SSAValue] = []
    func need(_ operand: SSAOperand) {
      guard case .value(let value) = operand, !isNeeded[value.index] else { return }
      isNeeded[value.index] = true
      work.append(value)
    }
    /// Per block, the arguments that each way in brings.
    var ways = [[SSAEdge]](repeating: [], count: function.blocks.count)
    for (block, content) in function.blocks.enumerated() {
      for (index, parameter) in content.parameters.enumerated() {
        place[parameter.index] = (Int32(block), Int32(-1 - index))
      }
      for (index, instruction) in content.instructions.enumerated() {
        if let result = instruction.result { place[result.index] = (Int32(block), Int32(index)) }
        if !instruction.operation.isRemovableWhenUnused { instruction.operation.forEachOperand(need) }
      }
      switch content.terminator {
      case .branch(_, _, let left, let right, _, _):
        need(left)
        need(right)
      case .return(let operand): need(operand)
      case .jump, .mayGoto: break
      }
      for edge in content.terminator.edges where !edge.arguments.isEmpty { ways[edge.target.index].append(edge) }
    }
    while let value = work.popLast() {
      guard let (block, index) = place[value.index] else { continue }
      if index >= 0 {
        function.blocks[Int(block)].instructions[Int(index)].operation.forEachOperand(need)
      } else {
        for edge in ways[Int(block)] { need(edge.arguments[Int(-1 - index)]) }
      }
    }
    for index in function.blocks.indices {
      function.blocks[index].instructions.removeAll { instruction in
        guard let result = instruction.result else { return false }
        return !isNeeded[result.index] && instruction.operation.isRemovableWhenUnused
      }
    }
    // The entry's parameters are the function's signature.
    let blocks = function.blocks
    function.removeParameters { block, place in block > 0 && !isNeeded[blocks[block].parameters[place].index] }
  }
}
