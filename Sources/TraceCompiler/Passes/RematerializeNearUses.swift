/// Makes constants and addresses anew where an instruction wants them in a register, so that they take none meanwhile.
///
/// Within a block one copy serves until the next call. Where a value goes to a call or a parameter, or the address of a
/// stack slot into a load or store, the code generator makes it on the spot: those uses keep the original.
struct RematerializeNearUses: SSAPass {
  static let name = "rematerialize-near-uses"

  func run(on function: inout SSAFunction) {
    let definitions = function.definitions().map { operation in
      operation.flatMap { $0.isRematerializable ? $0 : nil }
    }
    var copies: [SSAValue: SSAOperand] = [:]
    var lastBlock = -1
    var block = 0
    InstructionExpansion.run(on: &function) { instruction, expansion in
      if block != lastBlock {
        copies = [:]
        lastBlock = block
      }
      var instruction = instruction
      prepare(registerUses(of: instruction.operation, definitions), definitions, &copies, &expansion)
      replace(in: &instruction.operation, copies, definitions)
      expansion.keep(instruction)
      if instruction.operation.isCall { copies = [:] }
    } terminator: { terminator, expansion in
      if block != lastBlock { copies = [:] }
      block += 1
      guard case .branch(let comparison, let width, let left, let right, let then, let otherwise) = terminator else {
        return
      }
      prepare([left, right], definitions, &copies, &expansion)
      func copy(_ operand: SSAOperand) -> SSAOperand { operand.value.flatMap { copies[$0] } ?? operand }
      terminator = .branch(comparison, width, copy(left), copy(right), then: then, otherwise: otherwise)
    }
  }

  /// The operands that must be in registers.
  private func registerUses(of operation: SSAOperation, _ definitions: [SSAOperation?]) -> [SSAOperand] {
    var operands: [SSAOperand] = []
    operation.forEachConstrainedOperand { operand, constraint in
      if needsRegister(operand, constraint, definitions) { operands.append(operand) }
    }
    return operands
  }

  private func needsRegister(
    _ operand: SSAOperand, _ constraint: OperandConstraint, _ definitions: [SSAOperation?]
  ) -> Bool {
    switch constraint {
    case .anywhere: return false
    case .register, .outlivingRegister: return true
    case .base, .outlivingBase:
      guard let value = operand.value, case .frameAddress? = definitions[value.index] else { return true }
      return false
    }
  }

  private func prepare(
    _ operands: [SSAOperand], _ definitions: [SSAOperation?], _ copies: inout [SSAValue: SSAOperand],
    _ expansion: inout InstructionExpansion
  ) {
    for operand in operands {
      guard case .value(let value) = operand, copies[value] == nil, let operation = definitions[value.index] else {
        continue
      }
      copies[value] = expansion.append(operation)
    }
  }

  /// Lets register uses read the copies; all others stay.
  private func replace(
    in operation: inout SSAOperation, _ copies: [SSAValue: SSAOperand], _ definitions: [SSAOperation?]
  ) {
    var constraints: [OperandConstraint] = []
    operation.forEachConstrainedOperand { _, constraint in constraints.append(constraint) }
    var place = 0
    operation.mapOperands { operand in
      defer { place += 1 }
      guard let value = operand.value, let copy = copies[value],
        needsRegister(operand, constraints[place], definitions)
      else { return operand }
      return copy
    }
  }
}
