/// Which blocks get instructions: one that would only jump on is left out, and ways to it lead on.
struct EmissionLayout {
  private(set) var isSkipped: [Bool]
  /// Per block, the block whose instructions follow.
  private(set) var next: [Int?]
  private let destinations: [Int]

  init(_ function: SSAFunction, _ allocation: Allocation, _ edges: EdgeMoves, hasGapMoves: (Int) -> Bool) {
    let count = function.blocks.count
    var forward = [Int?](repeating: nil, count: count)
    for (index, block) in function.blocks.enumerated() where index > 0 {
      guard case .jump(let edge) = block.terminator, edges.atStart[index].isEmpty, edges.atEnd[index].isEmpty,
        block.instructions.allSatisfy({ instruction in
          instruction.result.map { allocation.live.rematerialized[$0.index] != nil } ?? false
        }),
        !block.parameters.contains(where: { allocation.spillSlots[$0.index] >= 0 }), !hasGapMoves(index)
      else { continue }
      forward[index] = edge.target.index
    }
    var destinations = Array(0..<count)
    var skipped = [Bool](repeating: false, count: count)
    for index in 0..<count where forward[index] != nil {
      var place = index
      var steps = 0
      while let following = forward[place], steps <= count {
        place = following
        steps += 1
      }
      // A circle of empty blocks is an endless loop, which stays as it is.
      if steps <= count {
        destinations[index] = place
        skipped[index] = true
      }
    }
    self.destinations = destinations
    isSkipped = skipped
    next = Array(repeating: nil, count: count)
    var following: Int?
    for index in (0..<count).reversed() {
      next[index] = following
      if !skipped[index] { following = index }
    }
  }

  /// The block with instructions that a way to `block` ends at.
  func destination(_ block: Int) -> Int { destinations[block] }
}
