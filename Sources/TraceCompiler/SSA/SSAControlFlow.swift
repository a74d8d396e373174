/// The ways between a function's blocks, read off the terminators at one moment.
struct SSAControlFlow {
  /// Per block, the blocks that lead to it, once per way.
  let predecessors: [[Int]]
  /// The reachable blocks, each before those that it leads to, loops aside.
  let reversePostorder: [Int]
  /// Per block, its place in ``reversePostorder``; −1 when unreachable.
  let order: [Int]

  init(_ function: SSAFunction) {
    let count = function.blocks.count
    var predecessors = [[Int]](repeating: [], count: count)
    var visited = [Bool](repeating: false, count: count)
    var postorder: [Int] = []
    var stack: [(block: Int, next: Int)] = [(0, 0)]
    visited[0] = true
    while let (block, next) = stack.last {
      let terminator = function.blocks[block].terminator
      // The last way first, so that in the reversed order the first way comes first.
      let index = terminator.edgeCount - 1 - next
      if index < 0 {
        postorder.append(block)
        stack.removeLast()
        continue
      }
      stack[stack.count - 1].next += 1
      let target = terminator.target(index)
      if !visited[target] {
        visited[target] = true
        stack.append((target, 0))
      }
    }
    reversePostorder = postorder.reversed()
    var order = [Int](repeating: -1, count: count)
    for (place, block) in reversePostorder.enumerated() {
      order[block] = place
      let terminator = function.blocks[block].terminator
      for index in 0..<terminator.edgeCount { predecessors[terminator.target(index)].append(block) }
    }
    self.predecessors = predecessors
    self.order = order
  }

  func isReachable(_ block: Int) -> Bool { order[block] >= 0 }
}

extension SSATerminator {
  /// The place of the block that way `index` leads to.
  func target(_ index: Int) -> Int {
    switch self {
    case .jump(let edge): edge.target.index
    case .branch(_, _, _, _, let then, let otherwise): index == 0 ? then.target.index : otherwise.target.index
    case .mayGoto(let next, let exhausted): index == 0 ? next.target.index : exhausted.target.index
    case .return: 0
    }
  }
}
