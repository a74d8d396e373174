/// The registers at a probe: `kprobe`, `kretprobe`, `uprobe`, `uretprobe` and `usdt` programs.
///
///     @section("uprobe//usr/bin/bash:readline") func called(_ probe: ProbeContext) { … probe.argument0 … }
///
/// Which machine's registers they are is decided when the program is built.
@frozen
public struct ProbeContext: ProgramContext {
  /// The registers.
  public let registers: UnsafePointer<Registers>

  /// The registers are at `registers`, as in a test.
  @_alwaysEmitIntoClient @_transparent
  public init(_ registers: UnsafePointer<Registers>) { self.registers = registers }

  /// The pointer, as helpers take it.
  @_alwaysEmitIntoClient public var rawContext: UnsafeMutableRawPointer {
    @_transparent get { UnsafeMutableRawPointer(mutating: registers) }
  }

  /// The first argument of the function, at its start.
  @_alwaysEmitIntoClient public var argument0: UInt { @_transparent get { registers.pointee.argument0 } }
  /// The second argument of the function, at its start.
  @_alwaysEmitIntoClient public var argument1: UInt { @_transparent get { registers.pointee.argument1 } }
  /// The third argument of the function, at its start.
  @_alwaysEmitIntoClient public var argument2: UInt { @_transparent get { registers.pointee.argument2 } }
  /// The fourth argument of the function, at its start.
  @_alwaysEmitIntoClient public var argument3: UInt { @_transparent get { registers.pointee.argument3 } }
  /// The fifth argument of the function, at its start.
  @_alwaysEmitIntoClient public var argument4: UInt { @_transparent get { registers.pointee.argument4 } }
  /// The sixth argument of the function, at its start.
  @_alwaysEmitIntoClient public var argument5: UInt { @_transparent get { registers.pointee.argument5 } }
  /// The result of the function, at its return.
  @_alwaysEmitIntoClient public var result: UInt { @_transparent get { registers.pointee.result } }
  /// Where the probe is.
  @_alwaysEmitIntoClient public var instructionPointer: UInt {
    @_transparent get { registers.pointee.instructionPointer }
  }
  /// The first argument as a pointer into the process's or the kernel's memory.
  @_alwaysEmitIntoClient @_transparent
  public func pointer<T>(_ argument: UInt, to type: T.Type = T.self) -> UnsafeMutablePointer<T>? {
    UnsafeMutablePointer(bitPattern: argument)
  }
}
