/// Appends a block to the one that alone leads to it, and leads ways past blocks that are empty.
struct MergeBlocks: SSAPass {
  static let name = "merge-blocks"

  func run(on function: inout SSAFunction) {
    skipEmptyBlocks(&function)
    let flow = SSAControlFlow(function)
    var substitution = SSASubstitution(valueCount: function.valueCount)
    var isMerged = [Bool](repeating: false, count: function.blocks.count)
    for index in flow.reversePostorder where !isMerged[index] {
      while case .jump(let edge) = function.blocks[index].terminator, edge.target.index != index,
        flow.predecessors[edge.target.index].count == 1
      {
        let target = edge.target.index
        let appended = function.blocks[target]
        for (parameter, argument) in zip(appended.parameters, edge.arguments) {
          substitution.replace(parameter, by: argument)
        }
        function.blocks[index].instructions.append(contentsOf: appended.instructions)
        function.blocks[index].terminator = appended.terminator
        function.blocks[index].terminatorSpan = appended.terminatorSpan
        // The emptied block leads nowhere, and nothing leads to it.
        function.blocks[target] = SSABlock()
        isMerged[target] = true
      }
    }
    substitution.apply(to: &function)
    RemoveUnreachableBlocks().run(on: &function)
  }

  private func skipEmptyBlocks(_ function: inout SSAFunction) {
    var onward = [Int?](repeating: nil, count: function.blocks.count)
    for (index, block) in function.blocks.enumerated() where index > 0 {
      guard block.parameters.isEmpty, block.instructions.isEmpty, case .jump(let edge) = block.terminator,
        edge.arguments.isEmpty
      else { continue }
      onward[index] = edge.target.index
    }
    guard onward.contains(where: { $0 != nil }) else { return }
    let count = function.blocks.count
    for index in 0..<count {
      function.blocks[index].terminator.mapEdges { edge in
        var steps = 0
        while let next = onward[edge.target.index], steps < count {
          edge.target = SSABlockID(next)
          steps += 1
        }
      }
    }
  }
}
