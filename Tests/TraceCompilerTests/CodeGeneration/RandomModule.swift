import Bytecode

@testable import TraceCompiler

/// Numbers that follow from a seed alone (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}

/// A module made up from a seed: arithmetic on the event's arguments, memory, branches, bounded loops and calls.
///
/// Its results are all in the maps, and in what it returns. The kernel's verifier accepts it, as far as the
/// compiler keeps what is right.
struct RandomModule {
  static let argumentCount = 4
  static let entryCount = 3

  private var random: SeededGenerator
  private var builder = SSABuilder(name: "program", parameterCount: 1)
  private var variables: [SSAVariable] = []
  private var slot = FrameSlot(0)
  private var key = FrameSlot(0)
  private var area = FrameSlot(0)
  private let map = MapReference(index: 0)
  private let table = MapReference(index: 1)
  private var budget: Int
  private let usesFetch: Bool
  private let mayLoop: Bool

  /// A module of about `size` statements; fetching atomic operations only where the instruction set has them, callbacks
  /// only where the kernel has `bpf_loop`.
  static func make(seed: UInt64, size: Int, level: InstructionSetLevel, mayLoop: Bool = true) -> SSAModule {
    var maker = RandomModule(seed: seed, size: size, usesFetch: level >= .v3, mayLoop: mayLoop)
    return maker.make()
  }

  /// The arguments of the event that goes with a seed: wide and narrow numbers.
  static func context(seed: UInt64) -> [UInt64] {
    var random = SeededGenerator(seed: ~seed)
    return (0..<argumentCount).map { index in
      index % 2 == 0 ? random.next() : UInt64(bitPattern: Int64(Int8(truncatingIfNeeded: random.next())))
    }
  }

  private init(seed: UInt64, size: Int, usesFetch: Bool, mayLoop: Bool) {
    random = SeededGenerator(seed: seed)
    budget = size
    self.usesFetch = usesFetch
    self.mayLoop = mayLoop
  }

  private mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }

  private mutating func make() -> SSAModule {
    let usesCallback = below(3) == 0 && mayLoop
    let context = builder.parameters[0]
    slot = builder.createFrameSlot(size: 64)
    key = builder.createFrameSlot(size: 4)
    area = builder.createFrameSlot(size: 176)
    builder.zeroMemory(builder.frameAddress(slot), count: 64)
    builder.zeroMemory(builder.frameAddress(area), count: 176)
    for index in 0..<(3 + below(10)) {
      let variable = builder.declareVariable()
      variables.append(variable)
      let initial =
        index < Self.argumentCount
        ? builder.load(.doubleWord, context, offset: Int32(index * 8)) : builder.constant(constant())
      builder.write(variable, initial)
    }
    statements(depth: 0)
    if usesCallback {
      let address = builder.functionAddress(1)
      let target = builder.frameAddress(slot, offset: 16)
      builder.store(.doubleWord, target, value())
      let turns = builder.call(.loop, operands: [5, .value(address), .value(target), 0])
      builder.write(variables[0], builder.binary(.add, builder.read(variables[0]), turns))
      builder.write(variables[1], builder.load(.doubleWord, target))
    }
    let output = builder.mapValueAddress(map, offset: 256)
    for (index, variable) in variables.enumerated() {
      builder.store(.doubleWord, output, offset: Int32(index * 8), builder.read(variable))
    }
    for offset in stride(from: Int32(0), to: 64, by: 8) {
      let stored = builder.load(.doubleWord, builder.frameAddress(slot), offset: offset)
      builder.atomicAdd(.doubleWord, builder.mapValueAddress(map, offset: 400 + offset), .value(stored))
    }
    builder.returnValue(builder.binary(.xor, value(), value()))
    let entry = builder.finish()
    return SSAModule(functions: usesCallback ? [entry, callback()] : [entry])
  }

  /// Adds the turn's number to what the context points to, and stops at the fourth.
  private func callback() -> SSAFunction {
    var builder = SSABuilder(name: "callback", parameterCount: 2)
    let own = builder.createFrameSlot(size: 8)
    let index = builder.parameters[0], target = builder.parameters[1]
    builder.store(.doubleWord, builder.frameAddress(own), index)
    let sum = builder.binary(
      .add, builder.load(.doubleWord, target), builder.load(.doubleWord, builder.frameAddress(own)))
    builder.store(.doubleWord, target, sum)
    builder.call(.ktimeGetNs)
    builder.store(.doubleWord, builder.mapValueAddress(map, offset: 128), index)
    builder.returnValue(builder.compare(.unsignedGreaterOrEqual, index, 3))
    return builder.finish()
  }

  // MARK: Statements

  private mutating func statements(depth: Int) {
    for _ in 0..<(3 + below(10)) where budget > 0 {
      budget -= 1
      statement(depth: depth)
    }
  }

  private mutating func statement(depth: Int) {
    switch below(depth < 4 ? 17 : 13) {
    case 16: loop(depth: depth)
    case 12: indexedStore()
    case 0..<6: builder.write(variable(), expression())
    case 6: store()
    case 7: atomic()
    case 8: builder.call(.ktimeGetNs)
    case 9: builder.write(variable(), lookUp(depth: depth))
    case 10:
      let count = Int32([1, 4, 7, 8, 13, 16, 24, 32, 160][below(9)])
      if count == 160 {
        let target = builder.mapValueAddress(map, offset: 64), source = builder.frameAddress(area)
        if below(2) == 0 {
          builder.zeroMemory(target, count: count)
        } else {
          builder.store(.doubleWord, source, offset: 80, value())
          builder.copyMemory(to: SSAAddress(target), from: SSAAddress(source), count: count, alignment: 8)
        }
      } else {
        builder.copyMemory(
          to: SSAAddress(builder.frameAddress(slot), offset: Int32(8 * below(4))),
          from: SSAAddress(builder.mapValueAddress(map), offset: Int32(8 * below(4))), count: count,
          alignment: [1, 2, 4, 8][below(4)])
      }
    case 11:
      let offset = below(48)
      builder.zeroMemory(
        builder.frameAddress(slot, offset: Int32(offset)), count: Int32(below(16)),
        alignment: Int32(1 << min(3, (offset | 8).trailingZeroBitCount)))
    default: branch(depth: depth)
    }
  }

  private mutating func branch(depth: Int) {
    let then = builder.createBlock(), otherwise = builder.createBlock(), join = builder.createBlock()
    let width = self.width()
    if below(3) == 0 {
      let condition = builder.binary(
        below(2) == 0 ? .and : .or, builder.compare(comparison(), value(), value(), width: width),
        builder.compare(comparison(), value(), constant()))
      builder.branch(.notEqual, condition, 0, then: then, otherwise: otherwise)
    } else {
      let right: SSAOperand = below(2) == 0 ? .value(value()) : .constant(constant())
      builder.branch(comparison(), value(), right, width: width, then: then, otherwise: otherwise)
    }
    builder.seal(then)
    builder.seal(otherwise)
    builder.move(to: then)
    statements(depth: depth + 1)
    if below(12) == 0 { builder.returnValue(value()) } else { builder.jump(join) }
    builder.move(to: otherwise)
    if below(2) == 0 { statements(depth: depth + 1) }
    builder.jump(join)
    builder.seal(join)
    builder.move(to: join)
  }

  private mutating func loop(depth: Int) {
    let counter = builder.declareVariable()
    builder.write(counter, builder.constant(0))
    let head = builder.createBlock(), body = builder.createBlock(), end = builder.createBlock()
    builder.jump(head)
    builder.move(to: head)
    builder.branch(
      .unsignedLess, builder.read(counter), .constant(Int64(1 + below(3))), then: body, otherwise: end)
    builder.seal(body)
    builder.move(to: body)
    let inner = budget
    budget = min(budget, 6)
    statements(depth: depth + 2)
    budget = inner - 6
    builder.write(counter, builder.binary(.add, builder.read(counter), 1))
    builder.jump(head)
    builder.seal(head)
    builder.seal(end)
    builder.move(to: end)
  }

  /// A byte at a place that is computed: masked, or compared with the size first.
  private mutating func indexedStore() {
    let end = builder.createBlock()
    var index = value()
    if below(2) == 0 {
      index = builder.binary(.and, index, 63, width: width())
    } else {
      let inside = builder.createBlock()
      builder.branch(.unsignedLessOrEqual, index, 63, then: inside, otherwise: end)
      builder.seal(inside)
      builder.move(to: inside)
      if below(3) == 0 { builder.call(.ktimeGetNs) }
    }
    let base = below(2) == 0 ? builder.mapValueAddress(map, offset: 64) : builder.frameAddress(slot)
    let place = builder.binary(.add, base, index)
    builder.write(variable(), builder.load(.byte, place))
    builder.store(.byte, place, value())
    builder.jump(end)
    builder.seal(end)
    builder.move(to: end)
  }

  private mutating func store() {
    let size = self.size()
    let offset = Int32(below(64 / size.byteCount) * size.byteCount)
    switch below(3) {
    case 0: builder.store(size, builder.frameAddress(slot), offset: offset, value())
    case 1: builder.store(size, builder.mapValueAddress(map, offset: 8), offset: offset, value())
    default: builder.store(size, builder.frameAddress(slot), offset: offset, constant: constant())
    }
  }

  private mutating func atomic() {
    let size: AccessSize = below(2) == 0 ? .word : .doubleWord
    let target = builder.mapValueAddress(map, offset: Int32(8 * below(8)))
    guard usesFetch else {
      builder.atomicAdd(size, target, .value(value()))
      return
    }
    switch below(5) {
    case 0: builder.atomicAdd(size, target, below(2) == 0 ? .value(value()) : .constant(constant()))
    case 1: builder.write(variable(), builder.atomicFetchAdd(size, target, .value(value())))
    case 2: builder.write(variable(), builder.atomicExchange(size, target, .value(value())))
    case 3:
      builder.write(
        variable(), builder.compareExchange(size, target, expected: .value(value()), desired: .value(value())))
    default: builder.append(.atomic(.xor, size, SSAAddress(target), .value(value()), fetch: false))
    }
  }

  /// A field of an entry that may not be there.
  private mutating func lookUp(depth: Int) -> SSAValue {
    builder.store(.word, builder.frameAddress(key), constant: Int64(below(Self.entryCount + 1)))
    let entry = builder.call(.mapLookupElem, [builder.mapAddress(table), builder.frameAddress(key)])
    let found = builder.createBlock(), join = builder.createBlock(parameterCount: 1)
    builder.branch(.notEqual, entry, 0, then: found, otherwise: join, [7])
    builder.seal(found)
    builder.move(to: found)
    if depth < 4, below(3) == 0 { statements(depth: depth + 1) }
    let loaded = builder.load(.doubleWord, entry, offset: Int32(8 * below(20)))
    if below(2) == 0 { builder.store(.doubleWord, entry, offset: 240, value()) }
    builder.jump(join, [.value(loaded)])
    builder.seal(join)
    builder.move(to: join)
    return builder.parameters(of: join)[0]
  }

  // MARK: Expressions

  private mutating func expression() -> SSAValue {
    switch below(12) {
    case 0..<6:
      let operation = SSABinaryOperator.allCases[below(SSABinaryOperator.allCases.count)]
      let width = self.width()
      switch below(6) {
      case 0: return builder.binary(operation, .constant(constant()), .value(value()), width: width)
      case 1, 2: return builder.binary(operation, value(), constant(), width: width)
      default: return builder.binary(operation, value(), value(), width: width)
      }
    case 6:
      let operations: [SSAUnaryOperator] =
        [.negate(.bits64), .negate(.bits32), .not(.bits64), .not(.bits32)] + [16, 32, 64].map { .byteSwap(bits: $0) }
        + [8, 16, 32].flatMap { [.signExtend(bits: $0), .zeroExtend(bits: $0)] }
      return builder.append(.unary(operations[below(operations.count)], .value(value())))
    case 7: return builder.compare(comparison(), value(), value(), width: width())
    case 8: return builder.compare(comparison(), value(), constant(), width: width())
    case 9:
      let size = self.size()
      return builder.load(
        size, builder.frameAddress(slot), offset: Int32(below(64 / size.byteCount) * size.byteCount),
        signed: size != .doubleWord && below(2) == 0)
    case 10:
      let size = self.size()
      return builder.load(
        size, builder.mapValueAddress(map, offset: Int32(below(64 / size.byteCount) * size.byteCount)),
        signed: size != .doubleWord && below(2) == 0)
    default: return builder.constant(constant())
    }
  }

  private mutating func value() -> SSAValue { builder.read(variables[below(variables.count)]) }
  private mutating func variable() -> SSAVariable { variables[below(variables.count)] }
  private mutating func width() -> SSAWidth { below(3) == 0 ? .bits32 : .bits64 }
  private mutating func size() -> AccessSize { AccessSize.allCases[below(4)] }
  private mutating func comparison() -> SSAComparison {
    SSAComparison.allCases[below(SSAComparison.allCases.count)]
  }

  private mutating func constant() -> Int64 {
    switch below(8) {
    case 0: 0
    case 1: 1
    case 2: -1
    case 3: Int64(below(64))
    case 4: 1 << Int64(below(64))
    case 5: Int64(Int32(truncatingIfNeeded: random.next()))
    case 6: Int64(UInt32(truncatingIfNeeded: random.next()))
    default: Int64(bitPattern: random.next())
    }
  }
}
