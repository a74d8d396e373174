extension Instruction {
  /// Goes on `offset` slots behind the next one.
  public static func jump(_ offset: Int16) -> Self { Self(opcode: 0x05, offset: offset) }

  /// Goes on `offset` slots behind the next one, however far (`gotol`, v4).
  public static func longJump(_ offset: Int32) -> Self { Self(opcode: 0x06, immediate: offset) }

  /// Jumps where the condition holds between two registers.
  public static func jump(
    if condition: JumpCondition, _ left: Register, _ right: Register, width: OperationWidth = .bits64, _ offset: Int16
  ) -> Self {
    Self(
      opcode: condition.rawValue | 0x08 | width.jumpClass.rawValue, destination: left.rawValue, source: right.rawValue,
      offset: offset)
  }

  /// Jumps where the condition holds between a register and a constant, sign-extended to the width.
  public static func jump(
    if condition: JumpCondition, _ left: Register, _ right: Int32, width: OperationWidth = .bits64, _ offset: Int16
  ) -> Self {
    Self(
      opcode: condition.rawValue | width.jumpClass.rawValue, destination: left.rawValue, offset: offset,
      immediate: right)
  }

  /// Goes on with the next slot until the kernel's budget of turns is used up, then jumps (kernel 6.9).
  public static func mayGoto(_ offset: Int16) -> Self { Self(opcode: 0xe5, offset: offset) }

  /// Calls a helper with r1 to r5; its answer comes in r0.
  public static func call(_ helper: HelperFunction) -> Self { Self(opcode: 0x85, immediate: helper.rawValue) }

  /// Calls the function that begins `offset` slots behind the next one (kernel 4.16).
  public static func call(function offset: Int32) -> Self {
    Self(opcode: 0x85, source: CallKind.function.rawValue, immediate: offset)
  }

  /// Calls a kernel function by the id of its BTF; `module` is a place in `fd_array`, 0 for the kernel proper (5.13).
  public static func call(kernelFunction btfID: Int32, module: Int16 = 0) -> Self {
    Self(opcode: 0x85, source: CallKind.kernelFunction.rawValue, offset: module, immediate: btfID)
  }

  /// Leaves the function with r0 as its answer.
  public static var exit: Self { Self(opcode: 0x95) }

  /// How far the instruction may jump, in slots behind the next one; nil when it does not jump.
  public var jumpDistance: Int? {
    switch instructionClass {
    case .jump:
      switch opcode & 0xf0 {
      case 0x80, 0x90: nil
      case 0x00 where usesSourceRegister: nil
      default: Int(offset)
      }
    case .jump32: opcode == 0x06 ? Int(immediate) : Int(offset)
    default: nil
    }
  }

  /// Whether control never goes on with the next slot.
  public var endsBlock: Bool { opcode == 0x05 || opcode == 0x06 || opcode == 0x95 || opcode == 0x0d }

  /// Whom the instruction calls; nil when it is no call, or of a kind that no table lists.
  public var callKind: CallKind? { opcode == 0x85 ? CallKind(rawValue: sourceField) : nil }
}
