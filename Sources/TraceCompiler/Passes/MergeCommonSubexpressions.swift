/// Computes once what is computed again on every way that leads there.
///
/// Takes part: whatever reads registers only, and calls that give the same answer throughout an event. Memory is read as
/// often as written in the source.
struct MergeCommonSubexpressions: SSAPass {
  static let name = "merge-common-subexpressions"

  func run(on function: inout SSAFunction) {
    let dominators = DominatorTree(SSAControlFlow(function))
    var substitution = SSASubstitution(valueCount: function.valueCount)
    var known: [SSAOperation: SSAValue] = [:]
    var stack: [(block: Int, added: [SSAOperation]?)] = [(0, nil)]
    while let (block, finished) = stack.popLast() {
      if let finished {
        for operation in finished { known[operation] = nil }
        continue
      }
      var added: [SSAOperation] = []
      function.blocks[block].instructions.removeAll { instruction in
        guard let result = instruction.result, instruction.operation.isMergeable else { return false }
        var operation = instruction.operation
        operation.mapOperands(substitution.resolve)
        operation = Self.canonical(operation)
        if let earlier = known[operation] {
          substitution.replace(result, by: .value(earlier))
          return true
        }
        known[operation] = result
        added.append(operation)
        return false
      }
      stack.append((block, added))
      for child in dominators.children[block] { stack.append((child, nil)) }
    }
    substitution.apply(to: &function)
  }

  /// The same for operands in either order, where the order means nothing.
  private static func canonical(_ operation: SSAOperation) -> SSAOperation {
    switch operation {
    case .binary(let binary, let width, .value(let left), .value(let right))
    where binary.isCommutative && left.number > right.number:
      .binary(binary, width, .value(right), .value(left))
    default: operation
    }
  }
}
