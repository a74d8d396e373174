extension Instruction {
  /// `destination op= source`.
  public static func arithmetic(
    _ operation: ArithmeticOperation, _ destination: Register, _ source: Register, width: OperationWidth = .bits64
  ) -> Self {
    Self(
      opcode: operation.rawValue | 0x08 | width.arithmeticClass.rawValue, destination: destination.rawValue,
      source: source.rawValue)
  }

  /// `destination op= immediate`, the immediate being sign-extended to the width.
  public static func arithmetic(
    _ operation: ArithmeticOperation, _ destination: Register, _ immediate: Int32, width: OperationWidth = .bits64
  ) -> Self {
    Self(
      opcode: operation.rawValue | width.arithmeticClass.rawValue, destination: destination.rawValue,
      immediate: immediate)
  }

  /// Signed division, `destination s/= source` (v4).
  public static func signedDivide(_ destination: Register, _ source: Register, width: OperationWidth = .bits64) -> Self
  {
    arithmetic(.divide, destination, source, width: width).with(offset: 1)
  }

  /// Signed division by a constant (v4).
  public static func signedDivide(_ destination: Register, _ immediate: Int32, width: OperationWidth = .bits64) -> Self
  {
    arithmetic(.divide, destination, immediate, width: width).with(offset: 1)
  }

  /// Signed remainder, `destination s%= source` (v4).
  public static func signedRemainder(
    _ destination: Register, _ source: Register, width: OperationWidth = .bits64
  ) -> Self { arithmetic(.remainder, destination, source, width: width).with(offset: 1) }

  /// Signed remainder of a division by a constant (v4).
  public static func signedRemainder(
    _ destination: Register, _ immediate: Int32, width: OperationWidth = .bits64
  ) -> Self { arithmetic(.remainder, destination, immediate, width: width).with(offset: 1) }

  /// `destination = source`.
  public static func move(_ destination: Register, _ source: Register, width: OperationWidth = .bits64) -> Self {
    arithmetic(.move, destination, source, width: width)
  }

  /// `destination = immediate`, sign-extended to the width.
  public static func move(_ destination: Register, _ immediate: Int32, width: OperationWidth = .bits64) -> Self {
    arithmetic(.move, destination, immediate, width: width)
  }

  /// `destination = (sN) source`: copies the sign of the lowest 8, 16 or 32 bits upwards (v4).
  public static func moveSigned(
    _ destination: Register, _ source: Register, bits: Int16, width: OperationWidth = .bits64
  ) -> Self { arithmetic(.move, destination, source, width: width).with(offset: bits) }

  /// `destination = -destination`.
  public static func negate(_ destination: Register, width: OperationWidth = .bits64) -> Self {
    arithmetic(.negate, destination, 0, width: width)
  }

  /// Reverses the lowest 16, 32 or 64 bits bytewise and clears those above (v4).
  public static func byteSwap(_ destination: Register, bits: Int32) -> Self {
    arithmetic(.byteOrder, destination, bits, width: .bits64)
  }

  /// Turns the lowest 16, 32 or 64 bits to or from big endian and clears those above.
  public static func bigEndian(_ destination: Register, bits: Int32) -> Self {
    Self(opcode: 0xdc, destination: destination.rawValue, immediate: bits)
  }

  /// Turns the lowest 16, 32 or 64 bits to or from little endian and clears those above.
  public static func littleEndian(_ destination: Register, bits: Int32) -> Self {
    Self(opcode: 0xd4, destination: destination.rawValue, immediate: bits)
  }

  func with(offset: Int16) -> Self {
    var copy = self
    copy.offset = offset
    return copy
  }
}
