/// How much of the instruction set a kernel has, as compilers number it (`-mcpu=v3`).
public enum InstructionSetLevel: Int, CaseIterable, Comparable, Sendable, CustomStringConvertible {
  /// The instructions of kernel 3.18.
  case v1 = 1
  /// `<`, `<=`, `s<` and `s<=` as conditions (kernel 4.14).
  case v2
  /// Conditions on the lower 32 bits (kernel 5.1) and atomic operations beyond plain addition (kernel 5.12).
  case v3
  /// Signed division, sign-extending moves and loads, unconditional byte swaps and `gotol` (kernel 6.6).
  case v4

  /// As compilers spell it: `v3`.
  public var description: String { "v\(rawValue)" }

  /// By number.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension Instruction {
  /// The lowest level that has this instruction.
  public var level: InstructionSetLevel {
    switch instructionClass {
    case .arithmetic32, .arithmetic64:
      switch ArithmeticOperation(rawValue: opcode & 0xf0) {
      case .divide, .remainder, .move: return offset != 0 ? .v4 : .v1
      case .byteOrder: return instructionClass == .arithmetic64 ? .v4 : .v1
      default: return .v1
      }
    case .jump32: return opcode == 0x06 ? .v4 : .v3
    case .jump:
      switch JumpCondition(rawValue: opcode & 0xf0) {
      case .unsignedLess, .unsignedLessOrEqual, .signedLess, .signedLessOrEqual: return .v2
      default: return opcode == 0xe5 || opcode == 0x0d ? .v4 : .v1
      }
    case .loadRegister: return opcode & 0xe0 == 0x80 ? .v4 : .v1
    case .storeRegister: return opcode & 0xe0 == 0xc0 && immediate != AtomicOperation.add.rawValue ? .v3 : .v1
    case .load, .store: return .v1
    }
  }
}
