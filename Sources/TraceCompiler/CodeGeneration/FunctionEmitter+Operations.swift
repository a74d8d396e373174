import Bytecode

extension FunctionEmitter {
  /// Writes one instruction of the form.
  mutating func emit(_ instruction: SSAInstruction, at position: Int32) throws(CodeGenerationError) {
    let operation = instruction.operation
    if let result = instruction.result, allocation.live.rematerialized[result.index] != nil { return }
    if operation.isCall {
      try emitCall(operation, at: position)
      if let result = instruction.result, case .register(let number) = allocation.place(of: result, from: position + 1)
      {
        let target = Bytecode.Register(rawValue: number) ?? .r0
        if target != .r0 { append { $0.append(.move(target, .r0)) } }
        try storeIfSpilled(result, from: position + 1)
      }
      return
    }
    guard let result = instruction.result else {
      try emitEffect(operation, at: position)
      return
    }
    guard case .register(let number) = allocation.place(of: result, from: position) else {
      // An address or a constant that nothing uses: nothing to write.
      return
    }
    let target = Bytecode.Register(rawValue: number) ?? .r0
    try emitValue(operation, in: target, at: position)
    try storeIfSpilled(result, from: position)
  }

  private mutating func emitValue(
    _ operation: SSAOperation, in target: Bytecode.Register, at position: Int32
  ) throws(CodeGenerationError) {
    switch operation {
    case .unary(let unary, let operand): try emitUnary(unary, operand, in: target, at: position)
    case .binary(let binary, let width, let left, let right):
      try emitBinary(binary, width, left, right, in: target, at: position)
    case .compare(let comparison, let width, let left, let right):
      let register = try self.register(left, at: position)
      if let constant = right.constant {
        let immediate = try self.immediate(constant, width)
        append {
          $0.append(.move(target, 1))
          $0.append(.jump(if: comparison.condition, register, immediate, width: width.operationWidth, 1))
        }
      } else {
        let other = try self.register(right, at: position)
        append {
          $0.append(.move(target, 1))
          $0.append(.jump(if: comparison.condition, register, other, width: width.operationWidth, 1))
        }
      }
      append { $0.append(.move(target, 0)) }
    case .load(let size, let signed, let address):
      let (base, offset) = try place(address, at: position)
      append { $0.append(.load(size, target, from: base, offset: offset, signed: signed)) }
    case .atomic(let atomic, let size, let address, let value, _):
      let (base, offset) = try place(address, at: position)
      try load(target.rawValue, value, at: position)
      append { $0.append(.atomic(atomic.fetching, size, target, at: base, offset: offset)) }
    case .compareExchange(let size, let address, let expected, let desired):
      let (base, offset) = try place(address, at: position)
      let register = try self.register(desired, at: position)
      try load(0, expected, at: position)
      append {
        $0.append(.atomic(.compareExchange, size, register, at: base, offset: offset))
        if target != .r0 { $0.append(.move(target, .r0)) }
      }
    default: try make(operation, in: target)
    }
  }

  private mutating func emitUnary(
    _ operation: SSAUnaryOperator, _ operand: SSAOperand, in target: Bytecode.Register, at position: Int32
  ) throws(CodeGenerationError) {
    // Extending moves read their operand where it is.
    if case .value = operand, case .register(let number)? = EdgeMoves.source(operand, allocation, readAt: position) {
      let source = Bytecode.Register(rawValue: number) ?? .r0
      switch operation {
      case .zeroExtend(32):
        append { $0.append(.move(target, source, width: .bits32)) }
        return
      case .signExtend(let bits):
        append { $0.append(.moveSigned(target, source, bits: Int16(bits))) }
        return
      default: break
      }
    }
    try load(target.rawValue, operand, at: position)
    switch operation {
    case .negate(let width): append { $0.append(.negate(target, width: width.operationWidth)) }
    case .not(let width): append { $0.append(.arithmetic(.xor, target, -1, width: width.operationWidth)) }
    case .byteSwap(let bits): append { $0.append(.bigEndian(target, bits: Int32(bits))) }
    case .signExtend(let bits): append { $0.append(.moveSigned(target, target, bits: Int16(bits))) }
    case .zeroExtend(32): append { $0.append(.move(target, target, width: .bits32)) }
    case .zeroExtend(let bits): append { $0.append(.arithmetic(.and, target, (1 << Int32(bits)) - 1)) }
    }
  }

  private mutating func emitBinary(
    _ operation: SSABinaryOperator, _ width: SSAWidth, _ left: SSAOperand, _ right: SSAOperand,
    in target: Bytecode.Register,
    at position: Int32
  ) throws(CodeGenerationError) {
    let isSigned = operation == .signedDivide || operation == .signedRemainder
    if let constant = right.constant {
      let immediate = try self.immediate(constant, width)
      try load(target.rawValue, left, at: position)
      append {
        $0.append(
          .arithmetic(operation.arithmetic, target, immediate, width: width.operationWidth)
            .variant(isSigned ? 1 : 0))
      }
    } else {
      let other = try self.register(right, at: position)
      try load(target.rawValue, left, at: position)
      // Equal operands are read from where the left one went: the right one's register may be the target itself.
      append {
        $0.append(
          .arithmetic(operation.arithmetic, target, left == right ? target : other, width: width.operationWidth)
            .variant(isSigned ? 1 : 0))
      }
    }
  }

  private mutating func emitEffect(_ operation: SSAOperation, at position: Int32) throws(CodeGenerationError) {
    switch operation {
    case .store(let size, let address, let value):
      let (base, offset) = try place(address, at: position)
      if let constant = value.constant {
        guard let immediate = size.storeImmediate(constant) else { throw notEncodable(operation) }
        append { $0.append(.store(size, immediate, to: base, offset: offset)) }
      } else {
        let register = try self.register(value, at: position)
        append { $0.append(.store(size, register, to: base, offset: offset)) }
      }
    case .atomic(let atomic, let size, let address, let value, _):
      let (base, offset) = try place(address, at: position)
      let register = try self.register(value, at: position)
      append { $0.append(.atomic(atomic.plain, size, register, at: base, offset: offset)) }
    default: throw notEncodable(operation)
    }
  }

  private mutating func emitCall(_ operation: SSAOperation, at position: Int32) throws(CodeGenerationError) {
    var arguments: [SSAOperand] = []
    operation.forEachOperand { arguments.append($0) }
    guard arguments.count <= Bytecode.Register.arguments.count else { throw notEncodable(operation) }
    var moves: [Move] = []
    for (number, argument) in arguments.enumerated() {
      guard let source = EdgeMoves.source(argument, allocation, readAt: position) else { throw notEncodable(operation) }
      moves.append(Move(source: source, target: .register(UInt8(truncatingIfNeeded: number + 1))))
    }
    // Nothing outlives the call in r0, and no argument goes there: it is free to break a cycle.
    for move in ParallelMove.sequence(moves, temporary: .register(0)) { try self.move([move], at: position) }
    switch operation {
    case .call(let helper, _, _): append { $0.append(.call(helper)) }
    case .callFunction(let index, _):
      guard functionLabels.indices.contains(index) else { throw notEncodable(operation) }
      let label = functionLabels[index]
      append { $0.call(functionAt: label) }
    case .callKernelFunction(let id, _): append { $0.append(.call(kernelFunction: id)) }
    default: throw notEncodable(operation)
    }
  }
}
