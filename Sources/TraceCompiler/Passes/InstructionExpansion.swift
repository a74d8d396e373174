/// Rewrites a function block by block, letting one instruction become several.
struct InstructionExpansion {
  private(set) var function: SSAFunction
  private var output: [SSAInstruction] = []
  private var span = SSAInstruction(result: nil, operation: .constant(0)).span

  /// Calls `expand` on each instruction of `function`; it appends what takes the instruction's place.
  static func run(
    on function: inout SSAFunction, _ expand: (SSAInstruction, inout InstructionExpansion) -> Void,
    terminator: (inout SSATerminator, inout InstructionExpansion) -> Void = { _, _ in }
  ) {
    var expansion = InstructionExpansion(function: function)
    for index in function.blocks.indices {
      expansion.output = []
      expansion.output.reserveCapacity(function.blocks[index].instructions.count)
      for instruction in function.blocks[index].instructions {
        expansion.span = instruction.span
        expand(instruction, &expansion)
      }
      expansion.span = function.blocks[index].terminatorSpan
      var end = function.blocks[index].terminator
      terminator(&end, &expansion)
      expansion.function.blocks[index].terminator = end
      expansion.function.blocks[index].instructions = expansion.output
    }
    function = expansion.function
  }

  private init(function: SSAFunction) { self.function = function }

  /// Keeps an instruction as it is.
  mutating func keep(_ instruction: SSAInstruction) { output.append(instruction) }

  /// Appends an operation with a result of its own, or with `result`.
  @discardableResult
  mutating func append(_ operation: SSAOperation, result: SSAValue? = nil) -> SSAOperand {
    let value = operation.hasResult ? result ?? function.makeValue() : nil
    output.append(SSAInstruction(result: value, operation: operation, span: span))
    return value.map { .value($0) } ?? 0
  }
}
