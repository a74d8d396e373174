import Bytecode

@testable import TraceCompiler

/// Runs a module's first function as its text says, without any pass: what the compiled program must agree with.
///
/// Memory is a handful of regions at made-up addresses. Maps are arrays of values of `valueSize` bytes: the first has one,
/// whose bytes programs address directly, the second has several, which programs look up.
struct SSAInterpreter {
  enum Fault: Error, Equatable {
    case badAccess(UInt64)
    case unknownHelper(HelperFunction)
    case endless
  }

  static let valueSize = 512
  private static let contextBase: UInt64 = 0x1_0000_0000
  private static let mapBase: UInt64 = 0x2_0000_0000
  private static let slotBase: UInt64 = 0x3_0000_0000

  /// The arguments of the event, eight bytes each.
  var context: [UInt64]
  /// The bytes of each map's entries, one after the other.
  var maps: [[UInt8]]
  private var stack: [[UInt8]] = []
  private var steps = 0

  init(context: [UInt64], entryCount: Int) {
    self.context = context
    maps = [1, entryCount].map { Array(repeating: 0, count: $0 * Self.valueSize) }
  }

  mutating func run(_ module: SSAModule) throws -> Int64 {
    try call(module.functions[0], [Int64(bitPattern: Self.contextBase)], module)
  }

  private mutating func call(_ function: SSAFunction, _ arguments: [Int64], _ module: SSAModule) throws -> Int64 {
    let firstSlot = stack.count
    defer { stack.removeSubrange(firstSlot...) }
    stack += function.frameSlots.map { Array(repeating: 0xa5, count: $0.size) }
    var values = [Int64](repeating: 0, count: function.valueCount)
    var block = function.blocks[0]
    for (parameter, argument) in zip(block.parameters, arguments) { values[parameter.index] = argument }
    while true {
      for instruction in block.instructions {
        steps += 1
        if steps > 100_000 { throw Fault.endless }
        let result = try evaluate(instruction.operation, values, module, firstSlot)
        if let target = instruction.result { values[target.index] = result }
      }
      func value(_ operand: SSAOperand) -> Int64 { operand.constant ?? operand.value.map { values[$0.index] } ?? 0 }
      let edge: SSAEdge
      switch block.terminator {
      case .return(let operand): return value(operand)
      case .jump(let way): edge = way
      case .mayGoto(let next, _): edge = next
      case .branch(let comparison, let width, let left, let right, let then, let otherwise):
        edge = Self.holds(comparison, width, value(left), value(right)) ? then : otherwise
      }
      let brought = edge.arguments.map(value)
      block = function[edge.target]
      for (parameter, argument) in zip(block.parameters, brought) { values[parameter.index] = argument }
      steps += 1
      if steps > 100_000 { throw Fault.endless }
    }
  }

  private mutating func evaluate(
    _ operation: SSAOperation, _ values: [Int64], _ module: SSAModule, _ firstSlot: Int
  ) throws -> Int64 {
    func value(_ operand: SSAOperand) -> Int64 { operand.constant ?? operand.value.map { values[$0.index] } ?? 0 }
    func place(_ address: SSAAddress) -> UInt64 { UInt64(bitPattern: value(address.base) &+ Int64(address.offset)) }
    switch operation {
    case .constant(let constant): return constant
    case .mapAddress(let map): return Int64(map.index)
    case .mapValueAddress(let map, let offset): return Int64(Self.base(of: map.index)) + Int64(offset)
    case .functionAddress(let index): return Int64(index)
    case .frameAddress(let slot, let offset):
      return Int64(Self.slotBase) + Int64(firstSlot + slot.index) * 4096 + Int64(offset)
    case .unary(let unary, let operand): return Self.unary(unary, value(operand))
    case .binary(let binary, let width, let left, let right):
      return Self.binary(binary, width, value(left), value(right))
    case .compare(let comparison, let width, let left, let right):
      return Self.holds(comparison, width, value(left), value(right)) ? 1 : 0
    case .load(let size, let signed, let address):
      let raw = try load(place(address), size.byteCount)
      let shift = UInt64(64 - size.byteCount * 8)
      return signed ? Int64(bitPattern: raw << shift) >> Int64(shift) : Int64(bitPattern: raw)
    case .store(let size, let address, let operand):
      try store(place(address), size.byteCount, UInt64(bitPattern: value(operand)))
      return 0
    case .atomic(let atomic, let size, let address, let operand, _):
      let old = try load(place(address), size.byteCount)
      let change = UInt64(bitPattern: value(operand))
      let new: UInt64
      switch atomic {
      case .add: new = old &+ change
      case .or: new = old | change
      case .and: new = old & change
      case .xor: new = old ^ change
      case .exchange: new = change
      }
      try store(place(address), size.byteCount, new)
      return Int64(bitPattern: old)
    case .compareExchange(let size, let address, let expected, let desired):
      let old = try load(place(address), size.byteCount)
      let mask: UInt64 = size.byteCount == 8 ? .max : 0xffff_ffff
      if old == UInt64(bitPattern: value(expected)) & mask {
        try store(place(address), size.byteCount, UInt64(bitPattern: value(desired)))
      }
      return Int64(bitPattern: old)
    case .zeroMemory(let address, let count, _):
      for offset in 0..<UInt64(count) { try store(place(address) + offset, 1, 0) }
      return 0
    case .copyMemory(let target, let source, let count, _):
      for offset in 0..<UInt64(count) {
        try store(place(target) + offset, 1, try load(place(source) + offset, 1))
      }
      return 0
    case .call(let helper, let operands, _): return try call(helper, operands.map(value), module)
    case .callFunction(let index, let operands): return try call(module.functions[index], operands.map(value), module)
    case .callKernelFunction: throw Fault.unknownHelper(.unspecified)
    }
  }

  private mutating func call(_ helper: HelperFunction, _ arguments: [Int64], _ module: SSAModule) throws -> Int64 {
    switch helper {
    case .ktimeGetNs: return 1234
    case .probeReadKernel:
      let target = UInt64(bitPattern: arguments[0]), source = UInt64(bitPattern: arguments[2])
      for offset in 0..<UInt64(arguments[1]) {
        try store(target + offset, 1, source == 0 ? 0 : try load(source + offset, 1))
      }
      return source == 0 ? -14 : 0
    case .mapLookupElem:
      let key = try load(UInt64(bitPattern: arguments[1]), 4)
      let map = Int(arguments[0])
      guard key < UInt64(maps[map].count / Self.valueSize) else { return 0 }
      return Int64(Self.base(of: map)) + Int64(key) * Int64(Self.valueSize)
    case .loop:
      var turns: Int64 = 0
      while turns < arguments[0] {
        turns += 1
        if try call(module.functions[Int(arguments[1])], [turns - 1, arguments[2]], module) != 0 { break }
      }
      return turns
    default: throw Fault.unknownHelper(helper)
    }
  }

  // MARK: Memory

  private static func base(of map: Int) -> UInt64 { mapBase + UInt64(map) << 24 }

  private func mapByte(_ place: UInt64) -> (map: Int, index: Int)? {
    for map in maps.indices where place >= Self.base(of: map) && place < Self.base(of: map) + UInt64(maps[map].count) {
      return (map, Int(place - Self.base(of: map)))
    }
    return nil
  }

  private func load(_ address: UInt64, _ count: Int) throws -> UInt64 {
    var result: UInt64 = 0
    for offset in 0..<count {
      let byte: UInt8
      let place = address + UInt64(offset)
      if place >= Self.slotBase, place < Self.slotBase + 4096 * UInt64(stack.count),
        Int((place - Self.slotBase) % 4096) < stack[Int((place - Self.slotBase) / 4096)].count
      {
        byte = stack[Int((place - Self.slotBase) / 4096)][Int((place - Self.slotBase) % 4096)]
      } else if let (map, index) = mapByte(place) {
        byte = maps[map][index]
      } else if place >= Self.contextBase, place < Self.contextBase + UInt64(context.count * 8) {
        let index = Int(place - Self.contextBase)
        byte = UInt8(truncatingIfNeeded: context[index / 8] >> UInt64(index % 8 * 8))
      } else {
        throw Fault.badAccess(place)
      }
      result |= UInt64(byte) << UInt64(offset * 8)
    }
    return result
  }

  private mutating func store(_ address: UInt64, _ count: Int, _ value: UInt64) throws {
    for offset in 0..<count {
      let byte = UInt8(truncatingIfNeeded: value >> UInt64(offset * 8))
      let place = address + UInt64(offset)
      if place >= Self.slotBase, place < Self.slotBase + 4096 * UInt64(stack.count),
        Int((place - Self.slotBase) % 4096) < stack[Int((place - Self.slotBase) / 4096)].count
      {
        stack[Int((place - Self.slotBase) / 4096)][Int((place - Self.slotBase) % 4096)] = byte
      } else if let (map, index) = mapByte(place) {
        maps[map][index] = byte
      } else {
        throw Fault.badAccess(place)
      }
    }
  }

  // MARK: Arithmetic, written apart from the compiler's own

  private static func unary(_ operation: SSAUnaryOperator, _ operand: Int64) -> Int64 {
    let bits = UInt64(bitPattern: operand)
    switch operation {
    case .negate(.bits64): return Int64(bitPattern: ~bits &+ 1)
    case .negate(.bits32): return Int64(bitPattern: (~bits &+ 1) & 0xffff_ffff)
    case .not(.bits64): return Int64(bitPattern: bits ^ .max)
    case .not(.bits32): return Int64(bitPattern: (bits ^ .max) & 0xffff_ffff)
    case .byteSwap(let width):
      var result: UInt64 = 0
      for byte in 0..<UInt64(width / 8) { result = result << 8 | (bits >> (byte * 8)) & 0xff }
      return Int64(bitPattern: result)
    case .signExtend(8): return Int64(Int8(truncatingIfNeeded: operand))
    case .signExtend(16): return Int64(Int16(truncatingIfNeeded: operand))
    case .signExtend: return Int64(Int32(truncatingIfNeeded: operand))
    case .zeroExtend(8): return Int64(UInt8(truncatingIfNeeded: operand))
    case .zeroExtend(16): return Int64(UInt16(truncatingIfNeeded: operand))
    case .zeroExtend: return Int64(UInt32(truncatingIfNeeded: operand))
    }
  }

  private static func binary(_ operation: SSABinaryOperator, _ width: SSAWidth, _ left: Int64, _ right: Int64) -> Int64
  {
    let narrow = width == .bits32
    let mask: UInt64 = narrow ? 0xffff_ffff : .max
    let first = UInt64(bitPattern: left) & mask, second = UInt64(bitPattern: right) & mask
    let signedFirst = narrow ? Int64(Int32(truncatingIfNeeded: left)) : left
    let signedSecond = narrow ? Int64(Int32(truncatingIfNeeded: right)) : right
    let count = second & (narrow ? 31 : 63)
    let result: UInt64
    switch operation {
    case .add: result = first &+ second
    case .sub: result = first &- second
    case .mul: result = first &* second
    case .unsignedDivide: result = second == 0 ? 0 : first / second
    case .unsignedRemainder: result = second == 0 ? first : first % second
    case .signedDivide:
      result = second == 0 ? 0 : UInt64(bitPattern: signedFirst.dividedReportingOverflow(by: signedSecond).partialValue)
    case .signedRemainder:
      result =
        second == 0
        ? first : UInt64(bitPattern: signedFirst.remainderReportingOverflow(dividingBy: signedSecond).partialValue)
    case .and: result = first & second
    case .or: result = first | second
    case .xor: result = first ^ second
    case .shiftLeft: result = first << count
    case .logicalShiftRight: result = first >> count
    case .arithmeticShiftRight: result = UInt64(bitPattern: signedFirst >> Int64(count))
    }
    return Int64(bitPattern: result & mask)
  }

  private static func holds(_ comparison: SSAComparison, _ width: SSAWidth, _ left: Int64, _ right: Int64) -> Bool {
    let narrow = width == .bits32
    let mask: UInt64 = narrow ? 0xffff_ffff : .max
    let first = UInt64(bitPattern: left) & mask, second = UInt64(bitPattern: right) & mask
    let signedFirst = narrow ? Int64(Int32(truncatingIfNeeded: left)) : left
    let signedSecond = narrow ? Int64(Int32(truncatingIfNeeded: right)) : right
    switch comparison {
    case .equal: return first == second
    case .notEqual: return first != second
    case .unsignedLess: return first < second
    case .unsignedLessOrEqual: return first <= second
    case .unsignedGreater: return first > second
    case .unsignedGreaterOrEqual: return first >= second
    case .signedLess: return signedFirst < signedSecond
    case .signedLessOrEqual: return signedFirst <= signedSecond
    case .signedGreater: return signedFirst > signedSecond
    case .signedGreaterOrEqual: return signedFirst >= signedSecond
    case .commonBits: return first & second != 0
    }
  }
}

extension HelperFunction {
  static var unspecified: Self { Self(rawValue: 0) }
}
