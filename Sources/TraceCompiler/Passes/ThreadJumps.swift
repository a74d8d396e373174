/// Leads a way past a block that only asks what the way's arguments already tell.
///
/// `a && b` as a value ends in such a block: it is entered with 0 on one way, and branches on that.
struct ThreadJumps: SSAPass {
  static let name = "thread-jumps"

  func run(on function: inout SSAFunction) {
    let candidates = findCandidates(function)
    guard candidates.contains(true) else { return }
    for index in function.blocks.indices {
      var terminator = function.blocks[index].terminator
      terminator.mapEdges { edge in
        // A chain of such blocks ends; a circle of them is given up.
        for _ in 0..<8 {
          guard candidates[edge.target.index], let onward = decide(edge, function) else { return }
          edge = onward
        }
      }
      function.blocks[index].terminator = terminator
    }
  }

  /// The blocks that have parameters, a branch and nothing else, and whose parameters nobody else uses.
  private func findCandidates(_ function: SSAFunction) -> [Bool] {
    var candidates = [Bool](repeating: false, count: function.blocks.count)
    var owner = [Int](repeating: -1, count: function.valueCount)
    for (index, block) in function.blocks.enumerated() {
      guard index > 0, !block.parameters.isEmpty, block.instructions.isEmpty, case .branch = block.terminator else {
        continue
      }
      candidates[index] = true
      for parameter in block.parameters { owner[parameter.index] = index }
    }
    guard candidates.contains(true) else { return candidates }
    for (index, block) in function.blocks.enumerated() {
      func note(_ operand: SSAOperand) {
        if case .value(let value) = operand, owner[value.index] >= 0, owner[value.index] != index {
          candidates[owner[value.index]] = false
        }
      }
      for instruction in block.instructions { instruction.operation.forEachOperand(note) }
      block.terminator.forEachOperand(note)
    }
    return candidates
  }

  /// Where the way really leads, when its arguments decide the branch.
  private func decide(_ edge: SSAEdge, _ function: SSAFunction) -> SSAEdge? {
    let block = function[edge.target]
    guard case .branch(let comparison, let width, let left, let right, let then, let otherwise) = block.terminator
    else { return nil }
    func resolved(_ operand: SSAOperand) -> SSAOperand {
      guard case .value(let value) = operand, let place = block.parameters.firstIndex(of: value) else { return operand }
      return edge.arguments[place]
    }
    guard let known = AlgebraicSimplification.outcome(comparison, width, resolved(left), resolved(right)) else {
      return nil
    }
    let chosen = known ? then : otherwise
    return SSAEdge(chosen.target, chosen.arguments.map(resolved))
  }
}
