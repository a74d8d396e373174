/// Which block must be passed on every way to which other one.
///
/// After Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm" (2001).
struct DominatorTree {
  /// Per block, its closest dominator; −1 for the entry and for unreachable blocks.
  let parent: [Int]
  /// Per block, the blocks that it dominates most closely.
  let children: [[Int]]
  private let entered: [Int32]
  private let left: [Int32]

  init(_ flow: SSAControlFlow) {
    let count = flow.order.count
    var parent = [Int](repeating: -1, count: count)
    var children = [[Int]](repeating: [], count: count)
    var entered = [Int32](repeating: -1, count: count)
    var left = [Int32](repeating: -1, count: count)
    parent[0] = 0
    var changed = true
    while changed {
      changed = false
      for block in flow.reversePostorder.dropFirst() {
        var closest = -1
        for predecessor in flow.predecessors[block] where parent[predecessor] >= 0 {
          guard closest >= 0 else {
            closest = predecessor
            continue
          }
          var other = predecessor
          while other != closest {
            while flow.order[other] > flow.order[closest] { other = parent[other] }
            while flow.order[closest] > flow.order[other] { closest = parent[closest] }
          }
        }
        if parent[block] != closest {
          parent[block] = closest
          changed = true
        }
      }
    }
    parent[0] = -1
    for block in flow.reversePostorder where parent[block] >= 0 { children[parent[block]].append(block) }
    var clock: Int32 = 0
    var stack: [(block: Int, next: Int)] = [(0, 0)]
    entered[0] = 0
    while let (block, next) = stack.last {
      if next < children[block].count {
        stack[stack.count - 1].next += 1
        clock += 1
        entered[children[block][next]] = clock
        stack.append((children[block][next], 0))
      } else {
        clock += 1
        left[block] = clock
        stack.removeLast()
      }
    }
    self.parent = parent
    self.children = children
    self.entered = entered
    self.left = left
  }

  /// Whether every way to `second` passes `first`; every block dominates itself.
  func dominates(_ first: Int, _ second: Int) -> Bool {
    entered[first] >= 0 && entered[second] >= 0 && entered[first] <= entered[second] && left[second] <= left[first]
  }
}
