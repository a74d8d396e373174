import Bytecode

extension FunctionEmitter {
  /// The register that holds an operand which must be in one.
  func register(_ operand: SSAOperand, at position: Int32) throws(CodeGenerationError) -> Bytecode.Register {
    guard case .register(let number)? = EdgeMoves.source(operand, allocation, readAt: position),
      let register = Bytecode.Register(rawValue: number)
    else {
      throw .notEncodable(operation: "operand \(operand) outside a register", function: function.name, span: span)
    }
    return register
  }

  /// Brings an operand into a register, wherever it is.
  mutating func load(_ target: UInt8, _ operand: SSAOperand, at position: Int32) throws(CodeGenerationError) {
    guard let source = EdgeMoves.source(operand, allocation, readAt: position) else {
      throw .notEncodable(operation: "operand \(operand) that is nowhere", function: function.name, span: span)
    }
    if source != .register(target) { try move([Move(source: source, target: .register(target))], at: position) }
  }

  /// A place in memory as an instruction states it.
  func place(
    _ address: SSAAddress, at position: Int32
  ) throws(CodeGenerationError) -> (base: Bytecode.Register, offset: Int16) {
    if case .value(let value) = address.base,
      case .frameAddress(let slot, let offset)? = allocation.live.rematerialized[value.index]
    {
      return (.r10, try stackOffset(frame.offset(of: slot) + Int(offset) + Int(address.offset)))
    }
    return (try register(address.base, at: position), try stackOffset(Int(address.offset)))
  }

  func stackOffset(_ offset: Int) throws(CodeGenerationError) -> Int16 {
    guard let short = Int16(exactly: offset) else {
      throw .notEncodable(operation: "memory access at offset \(offset)", function: function.name, span: span)
    }
    return short
  }

  func immediate(_ constant: Int64, _ width: SSAWidth) throws(CodeGenerationError) -> Int32 {
    guard let immediate = width.immediate(constant) else {
      throw .notEncodable(operation: "constant \(constant)", function: function.name, span: span)
    }
    return immediate
  }

  func notEncodable(_ operation: SSAOperation) -> CodeGenerationError {
    .notEncodable(operation: SSAPrinter.text(of: operation), function: function.name, span: span)
  }

  /// Writes a constant or an address into a register.
  mutating func make(_ operation: SSAOperation, in target: Bytecode.Register) throws(CodeGenerationError) {
    switch operation {
    case .constant(let constant): append { $0.load(target, constant) }
    case .mapAddress(let map): append { $0.loadMap(target, map) }
    case .mapValueAddress(let map, let offset): append { $0.loadMapValue(target, map, offset: offset) }
    case .functionAddress(let index):
      guard functionLabels.indices.contains(index) else { throw notEncodable(operation) }
      let label = functionLabels[index]
      append { $0.loadFunction(target, at: label) }
    case .frameAddress(let slot, let offset):
      let distance = frame.offset(of: slot) + Int(offset)
      guard let short = Int32(exactly: distance) else { throw notEncodable(operation) }
      append {
        $0.append(.move(target, .r10))
        if short != 0 { $0.append(.arithmetic(.add, target, short)) }
      }
    default: throw notEncodable(operation)
    }
  }
}

extension SSAWidth {
  var operationWidth: OperationWidth { self == .bits64 ? .bits64 : .bits32 }

  /// The immediate that an instruction of this width reads as `constant`, if there is one.
  func immediate(_ constant: Int64) -> Int32? {
    self == .bits32 ? Int32(truncatingIfNeeded: constant) : Int32(exactly: constant)
  }
}

extension AccessSize {
  /// The immediate that a store of this size writes as `constant`, if there is one.
  func storeImmediate(_ constant: Int64) -> Int32? {
    switch self {
    case .byte: Int32(UInt8(truncatingIfNeeded: constant))
    case .halfWord: Int32(UInt16(truncatingIfNeeded: constant))
    case .word: Int32(truncatingIfNeeded: constant)
    case .doubleWord: Int32(exactly: constant)
    }
  }
}

extension SSABinaryOperator {
  var arithmetic: ArithmeticOperation {
    switch self {
    case .add: .add
    case .sub: .subtract
    case .mul: .multiply
    case .unsignedDivide, .signedDivide: .divide
    case .unsignedRemainder, .signedRemainder: .remainder
    case .and: .and
    case .or: .or
    case .xor: .xor
    case .shiftLeft: .shiftLeft
    case .logicalShiftRight: .logicalShiftRight
    case .arithmeticShiftRight: .arithmeticShiftRight
    }
  }
}

extension SSAComparison {
  var condition: JumpCondition {
    switch self {
    case .equal: .equal
    case .notEqual: .notEqual
    case .unsignedLess: .unsignedLess
    case .unsignedLessOrEqual: .unsignedLessOrEqual
    case .unsignedGreater: .unsignedGreater
    case .unsignedGreaterOrEqual: .unsignedGreaterOrEqual
    case .signedLess: .signedLess
    case .signedLessOrEqual: .signedLessOrEqual
    case .signedGreater: .signedGreater
    case .signedGreaterOrEqual: .signedGreaterOrEqual
    case .commonBits: .commonBits
    }
  }
}

extension SSAAtomicOperator {
  /// The operation that leaves what was there in the source register.
  var fetching: AtomicOperation {
    switch self {
    case .add: .fetchAdd
    case .or: .fetchOr
    case .and: .fetchAnd
    case .xor: .fetchXor
    case .exchange: .exchange
    }
  }

  /// The operation that gives nothing.
  var plain: AtomicOperation {
    switch self {
    case .add: .add
    case .or: .or
    case .and: .and
    case .xor: .xor
    case .exchange: .exchange
    }
  }
}

extension Instruction {
  /// The same with another offset, which tells signed division from unsigned.
  func variant(_ offset: Int16) -> Instruction {
    var copy = self
    copy.offset = offset
    return copy
  }
}
