import Bytecode

extension SSABuilder {
  mutating func constant(_ value: Int64) -> SSAValue { append(.constant(value)) }
  mutating func mapAddress(_ map: MapReference) -> SSAValue { append(.mapAddress(map)) }
  mutating func mapValueAddress(_ map: MapReference, offset: Int32 = 0) -> SSAValue {
    append(.mapValueAddress(map, offset: offset))
  }
  mutating func functionAddress(_ index: Int) -> SSAValue { append(.functionAddress(index)) }
  mutating func frameAddress(_ slot: FrameSlot, offset: Int32 = 0) -> SSAValue {
    append(.frameAddress(slot, offset: offset))
  }

  // MARK: Arithmetic

  mutating func binary(
    _ operation: SSABinaryOperator, _ left: SSAOperand, _ right: SSAOperand, width: SSAWidth = .bits64
  ) -> SSAValue { append(.binary(operation, width, left, right)) }
  mutating func binary(
    _ operation: SSABinaryOperator, _ left: SSAValue, _ right: SSAValue, width: SSAWidth = .bits64
  ) -> SSAValue { binary(operation, .value(left), .value(right), width: width) }
  mutating func binary(
    _ operation: SSABinaryOperator, _ left: SSAValue, _ right: Int64, width: SSAWidth = .bits64
  ) -> SSAValue { binary(operation, .value(left), .constant(right), width: width) }

  mutating func compare(
    _ comparison: SSAComparison, _ left: SSAOperand, _ right: SSAOperand, width: SSAWidth = .bits64
  ) -> SSAValue { append(.compare(comparison, width, left, right)) }
  mutating func compare(
    _ comparison: SSAComparison, _ left: SSAValue, _ right: SSAValue, width: SSAWidth = .bits64
  ) -> SSAValue { compare(comparison, .value(left), .value(right), width: width) }
  mutating func compare(
    _ comparison: SSAComparison, _ left: SSAValue, _ right: Int64, width: SSAWidth = .bits64
  ) -> SSAValue { compare(comparison, .value(left), .constant(right), width: width) }

  mutating func negate(_ value: SSAValue, width: SSAWidth = .bits64) -> SSAValue {
    append(.unary(.negate(width), .value(value)))
  }
  mutating func not(_ value: SSAValue, width: SSAWidth = .bits64) -> SSAValue {
    append(.unary(.not(width), .value(value)))
  }
  /// Reverses the lowest 16, 32 or 64 bits bytewise.
  mutating func byteSwap(_ value: SSAValue, bits: UInt8) -> SSAValue {
    append(.unary(.byteSwap(bits: bits), .value(value)))
  }
  /// From 8, 16 or 32 bits.
  mutating func signExtend(_ value: SSAValue, bits: UInt8) -> SSAValue {
    append(.unary(.signExtend(bits: bits), .value(value)))
  }
  /// From 8, 16 or 32 bits.
  mutating func zeroExtend(_ value: SSAValue, bits: UInt8) -> SSAValue {
    append(.unary(.zeroExtend(bits: bits), .value(value)))
  }

  // MARK: Memory

  mutating func load(_ size: AccessSize, _ base: SSAValue, offset: Int32 = 0, signed: Bool = false) -> SSAValue {
    append(.load(size, signed: signed, SSAAddress(base, offset: offset)))
  }
  mutating func store(_ size: AccessSize, _ base: SSAValue, offset: Int32 = 0, _ value: SSAValue) {
    append(.store(size, SSAAddress(base, offset: offset), .value(value)))
  }
  mutating func store(_ size: AccessSize, _ base: SSAValue, offset: Int32 = 0, constant: Int64) {
    append(.store(size, SSAAddress(base, offset: offset), .constant(constant)))
  }
  mutating func atomicAdd(_ size: AccessSize, _ base: SSAValue, offset: Int32 = 0, _ value: SSAOperand) {
    append(.atomic(.add, size, SSAAddress(base, offset: offset), value, fetch: false))
  }
  /// Gives what was there before (ISA v3).
  mutating func atomicFetchAdd(
    _ size: AccessSize, _ base: SSAValue, offset: Int32 = 0, _ value: SSAOperand
  ) -> SSAValue { append(.atomic(.add, size, SSAAddress(base, offset: offset), value, fetch: true)) }
  /// Gives what was there before (ISA v3).
  mutating func atomicExchange(
    _ size: AccessSize, _ base: SSAValue, offset: Int32 = 0, _ value: SSAOperand
  ) -> SSAValue { append(.atomic(.exchange, size, SSAAddress(base, offset: offset), value, fetch: true)) }
  /// Gives what was there before (ISA v3).
  mutating func compareExchange(
    _ size: AccessSize, _ base: SSAValue, offset: Int32 = 0, expected: SSAOperand, desired: SSAOperand
  ) -> SSAValue {
    append(.compareExchange(size, SSAAddress(base, offset: offset), expected: expected, desired: desired))
  }
  mutating func zeroMemory(_ base: SSAValue, offset: Int32 = 0, count: Int32, alignment: Int32 = 8) {
    append(.zeroMemory(SSAAddress(base, offset: offset), count: count, alignment: alignment))
  }
  /// `alignment` is the power of two that both addresses are known to be multiples of.
  mutating func copyMemory(to target: SSAAddress, from source: SSAAddress, count: Int32, alignment: Int32) {
    append(.copyMemory(to: target, from: source, count: count, alignment: alignment))
  }

  // MARK: Calls

  @discardableResult
  mutating func call(
    _ helper: HelperFunction, _ arguments: [SSAValue] = [], purity: SSACallPurity = .impure
  ) -> SSAValue { append(.call(helper, arguments.map { .value($0) }, purity)) }
  /// With constants among the arguments.
  @discardableResult
  mutating func call(
    _ helper: HelperFunction, operands: [SSAOperand], purity: SSACallPurity = .impure
  ) -> SSAValue { append(.call(helper, operands, purity)) }
  @discardableResult
  mutating func callFunction(_ index: Int, _ arguments: [SSAOperand]) -> SSAValue {
    append(.callFunction(index, arguments))
  }
  @discardableResult
  mutating func callKernelFunction(btfID: Int32, _ arguments: [SSAOperand]) -> SSAValue {
    append(.callKernelFunction(btfID: btfID, arguments))
  }

  // MARK: Terminators

  mutating func jump(_ target: SSABlockID, _ arguments: [SSAOperand] = []) {
    terminate(.jump(SSAEdge(target, arguments)))
  }
  mutating func branch(
    _ comparison: SSAComparison, _ left: SSAValue, _ right: SSAOperand, width: SSAWidth = .bits64,
    then: SSABlockID, _ thenArguments: [SSAOperand] = [],
    otherwise: SSABlockID, _ otherwiseArguments: [SSAOperand] = []
  ) {
    terminate(
      .branch(
        comparison, width, .value(left), right, then: SSAEdge(then, thenArguments),
        otherwise: SSAEdge(otherwise, otherwiseArguments)))
  }
  mutating func branch(
    _ comparison: SSAComparison, _ left: SSAValue, _ right: SSAValue, width: SSAWidth = .bits64,
    then: SSABlockID, _ thenArguments: [SSAOperand] = [],
    otherwise: SSABlockID, _ otherwiseArguments: [SSAOperand] = []
  ) {
    branch(
      comparison, left, .value(right), width: width, then: then, thenArguments, otherwise: otherwise,
      otherwiseArguments)
  }
  mutating func mayGoto(next: SSABlockID, exhausted: SSABlockID) {
    terminate(.mayGoto(next: SSAEdge(next), exhausted: SSAEdge(exhausted)))
  }
  mutating func returnValue(_ value: SSAOperand) { terminate(.return(value)) }
  mutating func returnValue(_ value: SSAValue) { terminate(.return(.value(value))) }
}
