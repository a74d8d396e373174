/// Decides branches whose outcome is known: by constants, or because the same question was answered on every way here.
///
/// A branch on the answer of a comparison asks the comparison's own question. Of repeated questions only those for
/// equality are dropped: the kernel's verifier may have lost a range that it learned before, so what is asked again right
/// before a value is used as an index or a size must stay.
struct FoldBranches: SSAPass {
  static let name = "fold-branches"

  /// Whether two operands are equal.
  private struct Question: Hashable {
    var width: SSAWidth
    var left: SSAOperand
    var right: SSAOperand
  }

  func run(on function: inout SSAFunction) {
    let definitions = function.definitions()
    for index in function.blocks.indices {
      function.blocks[index].terminator = fold(function.blocks[index].terminator, definitions)
    }
    foldRepeated(&function)
  }

  private func fold(_ terminator: SSATerminator, _ definitions: [SSAOperation?]) -> SSATerminator {
    guard case .branch(var comparison, var width, var left, var right, var then, var otherwise) = terminator else {
      return terminator
    }
    if left.constant != nil, right.constant == nil { (comparison, left, right) = (comparison.swapped, right, left) }
    while case .value(let value) = left, let written = right.constant,
      comparison == .equal || comparison == .notEqual,
      case .compare(let inner, let innerWidth, let innerLeft, let innerRight)? = definitions[value.index]
    {
      let constant = width == .bits32 ? Int64(UInt32(truncatingIfNeeded: written)) : written
      guard constant == 0 || constant == 1 else {
        return .jump(comparison == .equal ? otherwise : then)
      }
      if (comparison == .notEqual) != (constant == 0) { swap(&then, &otherwise) }
      (comparison, width, left, right) = (inner, innerWidth, innerLeft, innerRight)
    }
    if then == otherwise { return .jump(then) }
    if let known = AlgebraicSimplification.outcome(comparison, width, left, right) {
      return .jump(known ? then : otherwise)
    }
    return .branch(comparison, width, left, right, then: then, otherwise: otherwise)
  }

  /// Walks down the dominator tree with the answers that hold in each block.
  private func foldRepeated(_ function: inout SSAFunction) {
    let flow = SSAControlFlow(function)
    let dominators = DominatorTree(flow)
    var answers: [Question: Bool] = [:]
    var stack: [(block: Int, learned: Question?, isLeaving: Bool)] = [(0, nil, false)]
    while let (block, learned, isLeaving) = stack.popLast() {
      if isLeaving {
        if let learned { answers[learned] = nil }
        continue
      }
      var added: Question?
      // What one way in tells, when there is only one.
      if flow.predecessors[block].count == 1, let predecessor = flow.predecessors[block].first,
        case .branch(let comparison, let width, let left, let right, let then, let otherwise) =
          function.blocks[predecessor].terminator, then.target != otherwise.target,
        comparison == .equal || comparison == .notEqual
      {
        let question = Question(width: width, left: left, right: right)
        if answers[question] == nil {
          answers[question] = (then.target.index == block) == (comparison == .equal)
          added = question
        }
      }
      if case .branch(let comparison, let width, let left, let right, let then, let otherwise) =
        function.blocks[block].terminator, comparison == .equal || comparison == .notEqual,
        let answer = answers[Question(width: width, left: left, right: right)]
      {
        function.blocks[block].terminator = .jump(answer == (comparison == .equal) ? then : otherwise)
      }
      stack.append((block, added, true))
      for child in dominators.children[block] { stack.append((child, nil, false)) }
    }
  }
}
