import Bytecode

/// What the machine asks of an instruction's operands.
enum OperandConstraint {
  /// A register, until the result is written.
  case register
  /// A register that the result must not share.
  case outlivingRegister
  /// A register or the stack: the value is moved to where the instruction wants it.
  case anywhere
  /// The address of a stack slot may stand in the instruction itself; otherwise like ``register``.
  case base
  /// Like ``base``, and not shared by the result.
  case outlivingBase
}

extension SSAOperation {
  /// Calls `body` on each operand with what the machine asks of it.
  func forEachConstrainedOperand(_ body: (SSAOperand, OperandConstraint) -> Void) {
    switch self {
    case .constant, .mapAddress, .mapValueAddress, .functionAddress, .frameAddress: break
    case .unary(_, let operand): body(operand, .anywhere)
    case .binary(_, _, let left, let right):
      body(left, .anywhere)
      // The left operand is moved into the result's register before the right one is read.
      body(right, left == right ? .register : .outlivingRegister)
    case .compare(_, _, let left, let right):
      body(left, .outlivingRegister)
      body(right, .outlivingRegister)
    case .load(_, _, let address), .zeroMemory(let address, _, _): body(address.base, .base)
    case .store(_, let address, let value):
      body(address.base, .base)
      body(value, .register)
    case .atomic(_, _, let address, let value, _):
      body(address.base, hasResult ? .outlivingBase : .base)
      body(value, hasResult ? .anywhere : .register)
    case .compareExchange(_, let address, let expected, let desired):
      body(address.base, .outlivingBase)
      body(expected, .anywhere)
      body(desired, .outlivingRegister)
    case .copyMemory(let target, let source, _, _):
      body(target.base, .base)
      body(source.base, .base)
    case .call(_, let arguments, _), .callFunction(_, let arguments), .callKernelFunction(_, let arguments):
      for argument in arguments { body(argument, .anywhere) }
    }
  }

  /// Whether the result can be made again anywhere by one instruction that reads nothing.
  var isRematerializable: Bool {
    switch self {
    case .constant, .mapAddress, .mapValueAddress, .functionAddress, .frameAddress: true
    default: false
    }
  }
}

extension SSATerminator {
  /// Calls `body` on each operand with what the machine asks of it.
  func forEachConstrainedOperand(_ body: (SSAOperand, OperandConstraint) -> Void) {
    switch self {
    case .jump, .mayGoto: break
    case .branch(_, _, let left, let right, _, _):
      body(left, .register)
      body(right, .register)
    case .return(let operand): body(operand, .anywhere)
    }
    for edge in edges {
      for argument in edge.arguments { body(argument, .anywhere) }
    }
  }
}
