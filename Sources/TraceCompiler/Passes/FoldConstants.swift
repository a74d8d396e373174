/// Computes what is known already and replaces operations by cheaper equal ones.
///
/// Each operation is looked at once, after the operations that it uses.
struct FoldConstants: SSAPass {
  static let name = "fold-constants"

  func run(on function: inout SSAFunction) {
    var substitution = SSASubstitution(valueCount: function.valueCount)
    var definitions = [SSAOperation?](repeating: nil, count: function.valueCount)
    let flow = SSAControlFlow(function)
    for block in flow.reversePostorder {
      for place in function.blocks[block].instructions.indices {
        var instruction = function.blocks[block].instructions[place]
        instruction.operation.mapOperands(substitution.resolve)
        guard let result = instruction.result else {
          function.blocks[block].instructions[place] = instruction
          continue
        }
        // One simplification may enable the next; each makes the operation smaller, a few are enough.
        simplification: for _ in 0..<4 {
          switch AlgebraicSimplification.simplify(instruction.operation, definitions) {
          case .unchanged: break simplification
          case .operation(let operation): instruction.operation = operation
          case .operand(let operand):
            substitution.replace(result, by: operand)
            break simplification
          }
        }
        if let address = placeInFrame(instruction.operation, definitions, function.frameSlots) {
          instruction.operation = address
        }
        definitions[result.index] = instruction.operation
        function.blocks[block].instructions[place] = instruction
      }
    }
    substitution.apply(to: &function)
  }

  /// The place within a stack slot that a sum names.
  private func placeInFrame(
    _ operation: SSAOperation, _ definitions: [SSAOperation?], _ slots: [FrameSlotLayout]
  ) -> SSAOperation? {
    guard case .binary(.add, .bits64, .value(let base), .constant(let constant)) = operation,
      case .frameAddress(let slot, let offset)? = definitions[base.index]
    else { return nil }
    let (sum, overflow) = Int64(offset).addingReportingOverflow(constant)
    guard !overflow, sum >= 0, sum <= Int64(slots[slot.index].size), let short = Int32(exactly: sum) else { return nil }
    return .frameAddress(slot, offset: short)
  }
}
