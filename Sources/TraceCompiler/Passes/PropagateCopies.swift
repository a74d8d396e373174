/// Replaces values that only repeat another one: constants by themselves, and block parameters that every way in gives the
/// same argument.
struct PropagateCopies: SSAPass {
  static let name = "propagate-copies"

  func run(on function: inout SSAFunction) {
    var substitution = SSASubstitution(valueCount: function.valueCount)
    for index in function.blocks.indices {
      function.blocks[index].instructions.removeAll { instruction in
        guard case .constant(let constant) = instruction.operation, let result = instruction.result else {
          return false
        }
        substitution.replace(result, by: .constant(constant))
        return true
      }
    }
    let flow = SSAControlFlow(function)
    var isRedundant = [[Bool]]()
    for block in function.blocks { isRedundant.append(Array(repeating: false, count: block.parameters.count)) }
    var changed = true
    while changed {
      changed = false
      for index in flow.reversePostorder where index != 0 {
        for (place, parameter) in function.blocks[index].parameters.enumerated() where !isRedundant[index][place] {
          guard let argument = onlyArgument(place, of: parameter, block: index, function, flow, substitution) else {
            continue
          }
          substitution.replace(parameter, by: argument)
          isRedundant[index][place] = true
          changed = true
        }
      }
    }
    function.removeParameters { block, place in isRedundant[block][place] }
    substitution.apply(to: &function)
  }

  /// What all ways bring, the parameter itself aside; nil where they differ.
  private func onlyArgument(
    _ place: Int, of parameter: SSAValue, block: Int, _ function: SSAFunction, _ flow: SSAControlFlow,
    _ substitution: SSASubstitution
  ) -> SSAOperand? {
    var only: SSAOperand?
    for predecessor in flow.predecessors[block] {
      for edge in function.blocks[predecessor].terminator.edges where edge.target.index == block {
        let argument = substitution.resolve(edge.arguments[place])
        if argument == .value(parameter) { continue }
        if let known = only, known != argument { return nil }
        only = argument
      }
    }
    return only
  }
}

extension SSAFunction {
  /// Takes away the parameters that `isUnwanted` names by block and place, and the arguments for them.
  mutating func removeParameters(_ isUnwanted: (_ block: Int, _ place: Int) -> Bool) {
    for index in blocks.indices {
      blocks[index].terminator.mapEdges { edge in
        let target = edge.target.index
        guard edge.arguments.indices.contains(where: { isUnwanted(target, $0) }) else { return }
        edge.arguments = edge.arguments.indices.filter { !isUnwanted(target, $0) }.map { edge.arguments[$0] }
      }
    }
    for index in blocks.indices {
      let parameters = blocks[index].parameters
      blocks[index].parameters = parameters.indices.filter { !isUnwanted(index, $0) }.map { parameters[$0] }
    }
  }
}
