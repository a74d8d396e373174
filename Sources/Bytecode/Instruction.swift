/// One slot of a program: an instruction, or the second half of a wide load.
///
/// Eight bytes: opcode, registers, a 16-bit offset, a 32-bit immediate (RFC 9669, section 3). The wide load takes two slots;
/// its second has opcode 0 and bears the upper half of the number. Places in a program and distances of jumps count slots.
///
///     let increment: [Instruction] = [
///       .load(.doubleWord, .r1, from: .r0), .arithmetic(.add, .r1, 1), .store(.doubleWord, .r1, to: .r0),
///     ]
///     increment[1].description    // "(07) r1 += 1"
public struct Instruction: Hashable, Sendable {
  /// The kind of instruction and its variant.
  public var opcode: UInt8
  /// The register numbers: destination in the lower four bits, source in the upper.
  public var registers: UInt8
  /// Distance of a jump in slots, distance of a memory access in bytes, or a variant of the operation.
  public var offset: Int16
  /// A constant operand, a number to call, or a variant of the operation.
  public var immediate: Int32

  /// Puts the fields together as they are; nothing is checked.
  public init(opcode: UInt8, registers: UInt8, offset: Int16, immediate: Int32) {
    self.opcode = opcode
    self.registers = registers
    self.offset = offset
    self.immediate = immediate
  }

  /// Puts the fields together as they are; nothing is checked.
  @inlinable
  public init(opcode: UInt8, destination: UInt8 = 0, source: UInt8 = 0, offset: Int16 = 0, immediate: Int32 = 0) {
    self.init(opcode: opcode, registers: destination & 15 | source << 4, offset: offset, immediate: immediate)
  }

  /// The number in the destination field.
  public var destinationField: UInt8 { registers & 15 }
  /// The number in the source field: a register, or what kind of wide load or call it is.
  public var sourceField: UInt8 { registers >> 4 }
  /// The destination register, nil when the field holds no register's number.
  public var destination: Register? { Register(rawValue: destinationField) }
  /// The source register, nil when the field holds no register's number.
  public var source: Register? { Register(rawValue: sourceField) }

  /// What kind of instruction it is.
  public var instructionClass: InstructionClass {
    // All eight values of three bits have a case.
    InstructionClass(rawValue: opcode & 7) ?? .load
  }

  /// Whether the next slot belongs to it.
  public var isWide: Bool { opcode == Self.wideLoadOpcode }

  static let wideLoadOpcode: UInt8 = 0x18

  /// The operand of arithmetic and jumps is the source register rather than the immediate.
  public var usesSourceRegister: Bool { opcode & 0x08 != 0 }
}

extension Instruction {
  /// The slot's eight bytes in the order of a little-endian machine's memory, as a number.
  public var encoded: UInt64 {
    UInt64(opcode) | UInt64(registers) << 8 | UInt64(UInt16(bitPattern: offset)) << 16
      | UInt64(UInt32(bitPattern: immediate)) << 32
  }

  /// The slot whose eight bytes are those of `encoded`.
  public init(encoded: UInt64) {
    self.init(
      opcode: UInt8(truncatingIfNeeded: encoded), registers: UInt8(truncatingIfNeeded: encoded >> 8),
      offset: Int16(truncatingIfNeeded: encoded >> 16), immediate: Int32(truncatingIfNeeded: encoded >> 32))
  }
}

extension Instruction {
  /// The slot whose eight bytes, as a big-endian machine's compiler writes them, are those of `number`.
  ///
  /// There the offset and the immediate are stored big-endian, and the register fields change places (RFC 9669,
  /// section 3.1).
  public init(bigEndian number: UInt64) {
    let registers = UInt8(truncatingIfNeeded: number >> 48)
    self.init(
      opcode: UInt8(truncatingIfNeeded: number >> 56), registers: registers >> 4 | registers << 4,
      offset: Int16(truncatingIfNeeded: number >> 32), immediate: Int32(truncatingIfNeeded: number))
  }
}

extension Instruction {
  /// What ``init(bigEndian:)`` takes.
  var bigEndian: UInt64 {
    UInt64(opcode) << 56 | UInt64(registers >> 4 | registers << 4) << 48
      | UInt64(UInt16(bitPattern: offset)) << 32 | UInt64(UInt32(bitPattern: immediate))
  }
}

extension Sequence where Element == Instruction {
  /// The bytes as `bpf(BPF_PROG_LOAD)` takes them on a little-endian machine, or as a big-endian machine's compiler writes
  /// them.
  public func encoded(isBigEndian: Bool = false) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(underestimatedCount * 8)
    for instruction in self {
      let number = isBigEndian ? instruction.bigEndian.byteSwapped : instruction.encoded
      for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }
    return bytes
  }
}
