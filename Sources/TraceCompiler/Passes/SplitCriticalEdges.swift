/// Puts an empty block on each way from a block with several ways out to one with several ways in, or with arguments, so
/// that the way has a place for moves.
struct SplitCriticalEdges: SSAPass {
  static let name = "split-critical-edges"

  func run(on function: inout SSAFunction) {
    let flow = SSAControlFlow(function)
    for index in function.blocks.indices where function.blocks[index].terminator.edgeCount > 1 {
      let span = function.blocks[index].terminatorSpan
      var added: [SSABlock] = []
      let count = function.blocks.count
      function.blocks[index].terminator.mapEdges { edge in
        guard flow.predecessors[edge.target.index].count > 1 || !edge.arguments.isEmpty else { return }
        added.append(SSABlock(terminator: .jump(edge), terminatorSpan: span))
        edge = SSAEdge(SSABlockID(count + added.count - 1))
      }
      function.blocks += added
    }
  }
}
