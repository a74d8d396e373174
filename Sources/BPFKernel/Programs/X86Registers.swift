/// `struct pt_regs` of x86-64.
///
/// Source: `arch/x86/include/asm/ptrace.h`; the first six arguments as the System V calling convention has them.
@frozen
public struct X86Registers: BitwiseCopyable {
  public var r15, r14, r13, r12, bp, bx, r11, r10, r9, r8, ax, cx, dx, si, di, originalAX, ip, cs, flags, sp, ss: UInt

  /// All registers 0, as in a test.
  @_alwaysEmitIntoClient
  public init() {
    (r15, r14, r13, r12, bp, bx, r11, r10, r9, r8, ax, cx, dx, si, di, originalAX, ip, cs, flags, sp, ss) = (
      0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
    )
  }

  /// The first argument of a function, at its start.
  @_alwaysEmitIntoClient public var argument0: UInt { @_transparent get { di } }
  /// The second argument of a function, at its start.
  @_alwaysEmitIntoClient public var argument1: UInt { @_transparent get { si } }
  /// The third argument of a function, at its start.
  @_alwaysEmitIntoClient public var argument2: UInt { @_transparent get { dx } }
  /// The fourth argument of a function, at its start.
  @_alwaysEmitIntoClient public var argument3: UInt { @_transparent get { cx } }
  /// The fifth argument of a function, at its start.
  @_alwaysEmitIntoClient public var argument4: UInt { @_transparent get { r8 } }
  /// The sixth argument of a function, at its start.
  @_alwaysEmitIntoClient public var argument5: UInt { @_transparent get { r9 } }
  /// The result.
  @_alwaysEmitIntoClient public var result: UInt { @_transparent get { ax } }
  /// The instruction pointer.
  @_alwaysEmitIntoClient public var instructionPointer: UInt { @_transparent get { ip } }
  /// The stack pointer.
  @_alwaysEmitIntoClient public var stackPointer: UInt { @_transparent get { sp } }
}
