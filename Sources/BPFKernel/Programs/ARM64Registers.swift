/// `struct user_pt_regs` of arm64, with which its `struct pt_regs` starts.
///
/// Source: `arch/arm64/include/uapi/asm/ptrace.h`; the first six arguments as the procedure call standard has them.
@frozen
public struct ARM64Registers: BitwiseCopyable {
  /// `x0` to `x30`.
  public var x: InlineArray<31, UInt>
  public var stackPointer, instructionPointer, state: UInt

  /// All registers 0, as in a test.
  @_alwaysEmitIntoClient
  public init() {
    x = .init(repeating: 0)
    (stackPointer, instructionPointer, state) = (0, 0, 0)
  }

  /// The first argument of a function, at its start.
  @_alwaysEmitIntoClient public var argument0: UInt { @_transparent get { x[0] } }
  /// The second argument of a function, at its start.
  @_alwaysEmitIntoClient public var argument1: UInt { @_transparent get { x[1] } }
  /// The third argument of a function, at its start.
  @_alwaysEmitIntoClient public var argument2: UInt { @_transparent get { x[2] } }
  /// The fourth argument of a function, at its start.
  @_alwaysEmitIntoClient public var argument3: UInt { @_transparent get { x[3] } }
  /// The fifth argument of a function, at its start.
  @_alwaysEmitIntoClient public var argument4: UInt { @_transparent get { x[4] } }
  /// The sixth argument of a function, at its start.
  @_alwaysEmitIntoClient public var argument5: UInt { @_transparent get { x[5] } }
  /// The result.
  @_alwaysEmitIntoClient public var result: UInt { @_transparent get { x[0] } }
}
