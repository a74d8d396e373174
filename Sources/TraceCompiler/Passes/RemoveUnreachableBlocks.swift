/// Drops blocks that nothing leads to: the kernel refuses programs that have them.
struct RemoveUnreachableBlocks: SSAPass {
  static let name = "remove-unreachable-blocks"

  func run(on function: inout SSAFunction) {
    let flow = SSAControlFlow(function)
    guard flow.reversePostorder.count < function.blocks.count else { return }
    function.reorderBlocks(function.blocks.indices.filter(flow.isReachable))
  }
}
