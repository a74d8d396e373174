import Bytecode

/// Writes SSA form as text, which `SSAParser` reads back.
///
///     func program(v0) {
///       slot s0 16
///     b0(v0):
///       v1 = call.event get_current_pid_tgid()
///       v2 = lshr v1, 32
///       store u64 [v0 + 8], v2
///       br eq v2, 0, b1, b2(v1)
///     …
enum SSAPrinter {
  static func text(of module: SSAModule) -> String {
    module.functions.map { text(of: $0) }.joined(separator: "\n")
  }

  static func text(of function: SSAFunction) -> String {
    var text = "func \(function.name)(\(list(function.parameters))) {\n"
    for (index, slot) in function.frameSlots.enumerated() { text += "  slot s\(index) \(slot.size)\n" }
    for (index, block) in function.blocks.enumerated() {
      text += index == 0 || block.parameters.isEmpty ? "b\(index):\n" : "b\(index)(\(list(block.parameters))):\n"
      for instruction in block.instructions { text += "  \(self.text(of: instruction))\n" }
      text += "  \(self.text(of: block.terminator))\n"
    }
    return text + "}\n"
  }

  static func text(of instruction: SSAInstruction) -> String {
    (instruction.result.map { "\($0) = " } ?? "") + text(of: instruction.operation)
  }

  static func text(of operation: SSAOperation) -> String {
    switch operation {
    case .constant(let constant): "const \(constant)"
    case .mapAddress(let map): "map \(map.index)"
    case .mapValueAddress(let map, let offset): "mapvalue \(map.index) + \(offset)"
    case .functionAddress(let index): "function \(index)"
    case .frameAddress(let slot, let offset): "frame \(slot) + \(offset)"
    case .unary(let operation, let operand): "\(operation.mnemonic) \(operand)"
    case .binary(let operation, let width, let left, let right):
      "\(operation.rawValue)\(width.suffix) \(left), \(right)"
    case .compare(let comparison, let width, let left, let right):
      "cmp \(comparison.rawValue)\(width.suffix) \(left), \(right)"
    case .load(let size, let signed, let address):
      "load \(signed ? "s" : "u")\(size.byteCount * 8) \(text(of: address))"
    case .store(let size, let address, let value): "store \(size) \(text(of: address)), \(value)"
    case .atomic(let operation, let size, let address, let value, let fetch):
      "atomic \(operation.rawValue)\(fetch ? ".fetch" : "") \(size) \(text(of: address)), \(value)"
    case .compareExchange(let size, let address, let expected, let desired):
      "cmpxchg \(size) \(text(of: address)), \(expected), \(desired)"
    case .zeroMemory(let address, let count, let alignment): "zero \(text(of: address)), \(count) align \(alignment)"
    case .copyMemory(let target, let source, let count, let alignment):
      "copy \(text(of: target)), \(text(of: source)), \(count) align \(alignment)"
    case .call(let helper, let arguments, let purity):
      "call\(purity == .eventConstant ? ".event" : "") \(helper)(\(list(arguments)))"
    case .callFunction(let index, let arguments): "callfunction \(index)(\(list(arguments)))"
    case .callKernelFunction(let id, let arguments): "callkernel \(id)(\(list(arguments)))"
    }
  }

  static func text(of terminator: SSATerminator) -> String {
    switch terminator {
    case .jump(let edge): "jump \(text(of: edge))"
    case .branch(let comparison, let width, let left, let right, let then, let otherwise):
      "br \(comparison.rawValue)\(width.suffix) \(left), \(right), \(text(of: then)), \(text(of: otherwise))"
    case .mayGoto(let next, let exhausted): "maygoto \(text(of: next)), \(text(of: exhausted))"
    case .return(let operand): "ret \(operand)"
    }
  }

  private static func text(of edge: SSAEdge) -> String {
    edge.arguments.isEmpty ? edge.target.description : "\(edge.target)(\(list(edge.arguments)))"
  }

  private static func text(of address: SSAAddress) -> String { "[\(address.base) + \(address.offset)]" }

  private static func list(_ items: [some CustomStringConvertible]) -> String {
    items.map(\.description).joined(separator: ", ")
  }
}

extension SSAUnaryOperator {
  /// Its word in the text form.
  var mnemonic: String {
    switch self {
    case .negate(let width): "neg\(width.suffix)"
    case .not(let width): "not\(width.suffix)"
    case .byteSwap(let bits): "bswap\(bits)"
    case .signExtend(let bits): "sext\(bits)"
    case .zeroExtend(let bits): "zext\(bits)"
    }
  }

  /// The operator that `mnemonic` names.
  init?(mnemonic: some StringProtocol) {
    let all: [SSAUnaryOperator] =
      SSAWidth.allCases.flatMap { [.negate($0), .not($0)] } + [16, 32, 64].map { .byteSwap(bits: $0) }
      + [8, 16, 32].flatMap { [.signExtend(bits: $0), .zeroExtend(bits: $0)] }
    guard let match = all.first(where: { $0.mnemonic == mnemonic }) else { return nil }
    self = match
  }
}
