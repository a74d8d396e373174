/// Lays blocks out so that the likely way falls through and loops stay together.
///
/// Unlikely: a way that ends the program at once, as after a failed lookup.
struct OrderBlocks: SSAPass {
  static let name = "order-blocks"

  func run(on function: inout SSAFunction) {
    let flow = SSAControlFlow(function)
    let depth = loopDepths(function, flow)
    var visited = [Bool](repeating: false, count: function.blocks.count)
    var postorder: [Int] = []
    var stack: [(block: Int, next: Int, isReversed: Bool)] = []
    func visit(_ block: Int) {
      visited[block] = true
      stack.append((block, 0, likelyWayComesFirst(block, function, depth)))
    }
    visit(0)
    while let (block, next, isReversed) = stack.last {
      let terminator = function.blocks[block].terminator
      let count = terminator.edgeCount
      guard next < count else {
        postorder.append(block)
        stack.removeLast()
        continue
      }
      stack[stack.count - 1].next += 1
      // What is visited first comes last: the unlikely way, and the way out of a loop.
      let target = terminator.target(isReversed ? count - 1 - next : next)
      if !visited[target] { visit(target) }
    }
    function.reorderBlocks(postorder.reversed())
  }

  /// Whether the first of two ways is to fall through.
  private func likelyWayComesFirst(_ block: Int, _ function: SSAFunction, _ depth: [Int]) -> Bool {
    let terminator = function.blocks[block].terminator
    guard terminator.edgeCount > 1 else { return false }
    func rank(_ target: Int) -> Int { depth[target] * 2 + (endsAtOnce(target, function) ? 0 : 1) }
    return rank(terminator.target(0)) >= rank(terminator.target(1))
  }

  private func endsAtOnce(_ block: Int, _ function: SSAFunction) -> Bool {
    var block = block
    for _ in 0..<3 {
      guard function.blocks[block].instructions.isEmpty else { return false }
      switch function.blocks[block].terminator {
      case .return: return true
      case .jump(let edge): block = edge.target.index
      default: return false
      }
    }
    return false
  }

  /// Per block, how many loops it lies in.
  private func loopDepths(_ function: SSAFunction, _ flow: SSAControlFlow) -> [Int] {
    var depth = [Int](repeating: 0, count: function.blocks.count)
    var dominators: DominatorTree?
    for block in flow.reversePostorder {
      let terminator = function.blocks[block].terminator
      for way in 0..<terminator.edgeCount {
        let head = terminator.target(way)
        guard flow.order[head] <= flow.order[block] else { continue }
        let tree = dominators ?? DominatorTree(flow)
        dominators = tree
        guard tree.dominates(head, block) else { continue }
        var inLoop = [Bool](repeating: false, count: function.blocks.count)
        inLoop[head] = true
        depth[head] += 1
        var work = [block]
        while let member = work.popLast() {
          if inLoop[member] { continue }
          inLoop[member] = true
          depth[member] += 1
          work += flow.predecessors[member]
        }
      }
    }
    return depth
  }
}
