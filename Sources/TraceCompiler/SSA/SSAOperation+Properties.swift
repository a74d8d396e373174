extension SSAOperation {
  /// Whether the instruction gives a value.
  var hasResult: Bool {
    switch self {
    case .store, .zeroMemory, .copyMemory: false
    case .atomic(let operation, _, _, _, let fetch): fetch || operation == .exchange
    default: true
    }
  }

  /// Whether it may be dropped when nobody uses what it gives.
  var isRemovableWhenUnused: Bool {
    switch self {
    case .store, .zeroMemory, .copyMemory, .atomic, .compareExchange, .callFunction, .callKernelFunction: false
    case .call(_, _, let purity): purity == .eventConstant
    default: true
    }
  }

  /// Whether equal operands always give an equal result within one event, so that a second one may be dropped.
  var isMergeable: Bool {
    switch self {
    case .constant, .mapAddress, .mapValueAddress, .functionAddress, .frameAddress, .unary, .binary, .compare: true
    case .call(_, _, let purity): purity == .eventConstant
    default: false
    }
  }

  /// Whether it is a call, after which r1 to r5 hold nothing.
  var isCall: Bool {
    switch self {
    case .call, .callFunction, .callKernelFunction: true
    default: false
    }
  }

  /// Calls `body` on each operand, in the order of the text form.
  func forEachOperand(_ body: (SSAOperand) -> Void) {
    switch self {
    case .constant, .mapAddress, .mapValueAddress, .functionAddress, .frameAddress: break
    case .unary(_, let operand): body(operand)
    case .binary(_, _, let left, let right), .compare(_, _, let left, let right):
      body(left)
      body(right)
    case .load(_, _, let address), .zeroMemory(let address, _, _): body(address.base)
    case .store(_, let address, let value), .atomic(_, _, let address, let value, _):
      body(address.base)
      body(value)
    case .compareExchange(_, let address, let expected, let desired):
      body(address.base)
      body(expected)
      body(desired)
    case .copyMemory(let target, let source, _, _):
      body(target.base)
      body(source.base)
    case .call(_, let arguments, _), .callFunction(_, let arguments), .callKernelFunction(_, let arguments):
      for argument in arguments { body(argument) }
    }
  }

  /// Replaces each operand by what `transform` makes of it.
  mutating func mapOperands(_ transform: (SSAOperand) -> SSAOperand) {
    func moved(_ address: SSAAddress) -> SSAAddress { SSAAddress(transform(address.base), offset: address.offset) }
    switch self {
    case .constant, .mapAddress, .mapValueAddress, .functionAddress, .frameAddress: break
    case .unary(let operation, let operand): self = .unary(operation, transform(operand))
    case .binary(let operation, let width, let left, let right):
      self = .binary(operation, width, transform(left), transform(right))
    case .compare(let comparison, let width, let left, let right):
      self = .compare(comparison, width, transform(left), transform(right))
    case .load(let size, let signed, let address): self = .load(size, signed: signed, moved(address))
    case .store(let size, let address, let value): self = .store(size, moved(address), transform(value))
    case .atomic(let operation, let size, let address, let value, let fetch):
      self = .atomic(operation, size, moved(address), transform(value), fetch: fetch)
    case .compareExchange(let size, let address, let expected, let desired):
      self = .compareExchange(size, moved(address), expected: transform(expected), desired: transform(desired))
    case .zeroMemory(let address, let count, let alignment):
      self = .zeroMemory(moved(address), count: count, alignment: alignment)
    case .copyMemory(let target, let source, let count, let alignment):
      self = .copyMemory(to: moved(target), from: moved(source), count: count, alignment: alignment)
    case .call(let helper, let arguments, let purity): self = .call(helper, arguments.map(transform), purity)
    case .callFunction(let index, let arguments): self = .callFunction(index, arguments.map(transform))
    case .callKernelFunction(let id, let arguments):
      self = .callKernelFunction(btfID: id, arguments.map(transform))
    }
  }
}
