import Bytecode

/// A rule of the form that a function breaks.
struct SSAViolation: Error, Hashable, CustomStringConvertible {
  var function: String
  /// The block, or nil when the function as a whole is meant.
  var block: Int?
  var fact: String

  var description: String { "\(function)\(block.map { ", b\($0)" } ?? ""): \(fact)" }
}

/// Checks that a function is in SSA form: the passes rely on it and must preserve it.
///
/// Every value has one definition, which dominates its uses; ways bring as many arguments as their targets have
/// parameters; calls have at most five arguments; stack slots and accesses lie within bounds that can be encoded.
struct SSAVerifier {
  private let function: SSAFunction
  /// Per value, the block and the place of its definition; parameters have place −1.
  private var definitions: [(block: Int, place: Int)?]

  static func check(_ module: SSAModule) throws(SSAViolation) {
    for function in module.functions { try check(function, functionCount: module.functions.count) }
  }

  static func check(_ function: SSAFunction, functionCount: Int = .max) throws(SSAViolation) {
    var verifier = SSAVerifier(function)
    try verifier.collectDefinitions()
    try verifier.checkBlocks(functionCount: functionCount)
  }

  private init(_ function: SSAFunction) {
    self.function = function
    definitions = Array(repeating: nil, count: function.valueCount)
  }

  private func violation(_ fact: String, in block: Int?) -> SSAViolation {
    SSAViolation(function: function.name, block: block, fact: fact)
  }

  private mutating func define(_ value: SSAValue, block: Int, place: Int) throws(SSAViolation) {
    guard definitions.indices.contains(value.index) else { throw violation("\(value) is beyond valueCount", in: block) }
    guard definitions[value.index] == nil else { throw violation("\(value) is defined twice", in: block) }
    definitions[value.index] = (block, place)
  }

  private mutating func collectDefinitions() throws(SSAViolation) {
    guard let entry = function.blocks.first else { throw violation("no blocks", in: nil) }
    guard entry.parameters.count <= 5 else { throw violation("more than five parameters", in: 0) }
    for (index, block) in function.blocks.enumerated() {
      for parameter in block.parameters { try define(parameter, block: index, place: -1) }
      for (place, instruction) in block.instructions.enumerated() {
        guard (instruction.result != nil) == instruction.operation.hasResult else {
          throw violation("'\(SSAPrinter.text(of: instruction))' has no result, or one too many", in: index)
        }
        if let result = instruction.result { try define(result, block: index, place: place) }
      }
      for edge in block.terminator.edges {
        guard function.blocks.indices.contains(edge.target.index), edge.target.index != 0 else {
          throw violation("a way leads to \(edge.target)", in: index)
        }
        let wanted = function[edge.target].parameters.count
        guard edge.arguments.count == wanted else {
          throw violation("\(edge.arguments.count) arguments for the \(wanted) of \(edge.target)", in: index)
        }
      }
    }
  }

  private func checkBlocks(functionCount: Int) throws(SSAViolation) {
    let flow = SSAControlFlow(function)
    let dominators = DominatorTree(flow)
    for index in flow.reversePostorder {
      let block = function.blocks[index]
      for (place, instruction) in block.instructions.enumerated() {
        var undefined: SSAValue?
        instruction.operation.forEachOperand { operand in
          if let value = operand.value, !isDefined(value, before: place, in: index, dominators) { undefined = value }
        }
        if let undefined {
          throw violation("'\(SSAPrinter.text(of: instruction))' uses \(undefined), not defined there", in: index)
        }
        if let fact = Self.fault(of: instruction.operation, in: function, functionCount: functionCount) {
          throw violation("'\(SSAPrinter.text(of: instruction))': \(fact)", in: index)
        }
      }
      var undefined: SSAValue?
      block.terminator.forEachOperand { operand in
        if let value = operand.value, !isDefined(value, before: .max, in: index, dominators) { undefined = value }
      }
      if let undefined {
        throw violation("'\(SSAPrinter.text(of: block.terminator))' uses \(undefined), not defined there", in: index)
      }
    }
  }

  private func isDefined(_ value: SSAValue, before place: Int, in block: Int, _ dominators: DominatorTree) -> Bool {
    guard definitions.indices.contains(value.index), let definition = definitions[value.index] else { return false }
    if definition.block == block { return definition.place < place }
    return dominators.dominates(definition.block, block)
  }

  /// What is wrong with an operation's constant parts.
  private static func fault(of operation: SSAOperation, in function: SSAFunction, functionCount: Int) -> String? {
    switch operation {
    case .frameAddress(let slot, let offset):
      guard function.frameSlots.indices.contains(slot.index) else { return "no such slot" }
      let size = function.frameSlots[slot.index].size
      return offset < 0 || Int(offset) > size ? "outside the slot's \(size) bytes" : nil
    case .functionAddress(let index): return index < functionCount && index > 0 ? nil : "no such function"
    case .callFunction(let index, let arguments):
      guard index < functionCount, index > 0 else { return "no such function" }
      return arguments.count > 5 ? "more than five arguments" : nil
    case .call(_, let arguments, _), .callKernelFunction(_, let arguments):
      return arguments.count > 5 ? "more than five arguments" : nil
    case .zeroMemory(_, let count, let alignment), .copyMemory(_, _, let count, let alignment):
      return count < 0 || ![1, 2, 4, 8].contains(alignment) ? "impossible count or alignment" : nil
    case .atomic(_, let size, _, _, _), .compareExchange(let size, _, _, _):
      return size.byteCount < 4 ? "atomic operations take 4 or 8 bytes" : nil
    case .unary(.byteSwap(let bits), _): return [16, 32, 64].contains(bits) ? nil : "impossible width"
    case .unary(.signExtend(let bits), _), .unary(.zeroExtend(let bits), _):
      return [8, 16, 32].contains(bits) ? nil : "impossible width"
    default: return nil
    }
  }
}
