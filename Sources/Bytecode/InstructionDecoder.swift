/// Why bytes are no program.
public enum DecodingError: Error, Hashable, Sendable {
  /// The number of bytes is no multiple of eight.
  case truncated(byteCount: Int)
  /// A wide load without its second slot, or whose second slot holds more than an immediate.
  case brokenWideLoad(instruction: Int)
  /// No instruction has this opcode.
  case unknownOpcode(UInt8, instruction: Int)
  /// A register field above 10.
  case unknownRegister(UInt8, instruction: Int)
  /// A jump or call leaves the program or ends inside a wide load.
  case badTarget(instruction: Int, target: Int)
}

extension [Instruction] {
  /// The program that little-endian `bytes` hold, checked to be made of known instructions and to jump only within itself.
  ///
  /// - Throws: ``DecodingError`` for the first thing that is wrong.
  public init(decoding bytes: some Collection<UInt8>) throws(DecodingError) {
    guard bytes.count % 8 == 0 else { throw .truncated(byteCount: bytes.count) }
    self.init(slots: bytes)
    try validate()
  }

  /// The slots that little-endian `bytes` hold, whatever is in them; bytes behind the last whole slot are passed over.
  ///
  /// This is for what a kernel shows of its programs: the verifier puts in instructions of its own, which it takes from
  /// nobody, and a register 11 (`BPF_REG_AX`), and a later kernel has instructions that are not known here.
  public init(slots bytes: some Collection<UInt8>) {
    self = []
    reserveCapacity(bytes.count / 8)
    var word: UInt64 = 0
    var shift: UInt64 = 0
    for byte in bytes {
      word |= UInt64(byte) << shift
      shift += 8
      if shift == 64 {
        append(Instruction(encoded: word))
        word = 0
        shift = 0
      }
    }
  }

  /// Checks that the slots are known instructions that jump only within the program.
  ///
  /// - Throws: ``DecodingError`` for the first thing that is wrong.
  public func validate() throws(DecodingError) {
    var isSecondSlot = [Bool](repeating: false, count: count)
    var index = 0
    while index < count {
      let instruction = self[index]
      guard instruction.isKnown else { throw .unknownOpcode(instruction.opcode, instruction: index) }
      if let register = instruction.unknownRegister { throw .unknownRegister(register, instruction: index) }
      if instruction.isWide {
        guard index + 1 < count, self[index + 1].encoded & 0xffff_ffff == 0 else {
          throw .brokenWideLoad(instruction: index)
        }
        isSecondSlot[index + 1] = true
        index += 1
      }
      index += 1
    }
    for (index, instruction) in enumerated() where !isSecondSlot[index] {
      guard let target = instruction.target(from: index) else { continue }
      guard indices.contains(target), !isSecondSlot[target] else {
        throw .badTarget(instruction: index, target: target)
      }
    }
  }
}

extension Instruction {
  /// The slot that a jump, a call of the program's own function or a load of its address at `index` means.
  public func target(from index: Int) -> Int? {
    if let jumpDistance { return index + 1 + jumpDistance }
    let isFunction =
      callKind == .function || isWide && sourceField == WideLoadKind.function.rawValue
    return isFunction ? index + 1 + Int(immediate) : nil
  }

  /// Whether the opcode, with the immediate of atomic operations, is one of the instruction set.
  var isKnown: Bool {
    switch instructionClass {
    case .arithmetic32, .arithmetic64:
      return ArithmeticOperation(rawValue: opcode & 0xf0) != nil
    case .jump:
      return JumpCondition(rawValue: opcode & 0xf0) != nil || [0x05, 0x0d, 0x85, 0x95, 0xe5].contains(opcode)
    case .jump32: return JumpCondition(rawValue: opcode & 0xf0) != nil || opcode == 0x06
    case .loadRegister: return opcode & 0xe0 == 0x60 || opcode & 0xe0 == 0x80 && opcode & 0x18 != 0x18
    case .store: return opcode & 0xe0 == 0x60
    case .storeRegister:
      return opcode & 0xe0 == 0x60 || opcode & 0xe0 == 0xc0 && AtomicOperation(rawValue: immediate) != nil
    case .load: return isWide || (opcode & 0xe0 == 0x20 || opcode & 0xe0 == 0x40) && opcode & 0x18 != 0x18
    }
  }

  /// A register field that names no register, where it has to.
  var unknownRegister: UInt8? {
    if destinationField > 10 { return destinationField }
    return sourceField > 10 ? sourceField : nil
  }
}
