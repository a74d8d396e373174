/// The record of `raw_syscalls:sys_enter` and of each `syscalls:sys_enter_NAME`: number and arguments of a system call.
///
/// Source: `struct trace_event_raw_sys_enter` and `struct syscall_trace_enter`, whose layout has been the same since 2.6.
@frozen
public struct SystemCallEnterContext: ProgramContext {
  /// The record as it lies in memory.
  @frozen
  public struct Record: BitwiseCopyable {
    /// What all tracepoints have; the verifier lets no program read it.
    public var common: UInt64
    /// The number of the call.
    public var number: Int
    /// Its arguments.
    public var arguments: (UInt, UInt, UInt, UInt, UInt, UInt)

    /// A record of a test.
    @_alwaysEmitIntoClient
    public init(number: Int, arguments: (UInt, UInt, UInt, UInt, UInt, UInt) = (0, 0, 0, 0, 0, 0)) {
      common = 0
      self.number = number
      self.arguments = arguments
    }
  }

  /// What the kernel says.
  public let record: UnsafePointer<Record>

  /// The record is at `record`, as in a test.
  @_alwaysEmitIntoClient @_transparent
  public init(_ record: UnsafePointer<Record>) { self.record = record }

  /// The pointer, as helpers take it.
  @_alwaysEmitIntoClient public var rawContext: UnsafeMutableRawPointer {
    @_transparent get { UnsafeMutableRawPointer(mutating: record) }
  }

  /// The number of the call.
  @_alwaysEmitIntoClient public var number: Int { @_transparent get { record.pointee.number } }
  /// The first argument.
  @_alwaysEmitIntoClient public var argument0: UInt { @_transparent get { record.pointee.arguments.0 } }
  /// The second argument.
  @_alwaysEmitIntoClient public var argument1: UInt { @_transparent get { record.pointee.arguments.1 } }
  /// The third argument.
  @_alwaysEmitIntoClient public var argument2: UInt { @_transparent get { record.pointee.arguments.2 } }
  /// The fourth argument.
  @_alwaysEmitIntoClient public var argument3: UInt { @_transparent get { record.pointee.arguments.3 } }
  /// The fifth argument.
  @_alwaysEmitIntoClient public var argument4: UInt { @_transparent get { record.pointee.arguments.4 } }
  /// The sixth argument.
  @_alwaysEmitIntoClient public var argument5: UInt { @_transparent get { record.pointee.arguments.5 } }
}

/// The record of `raw_syscalls:sys_exit` and of each `syscalls:sys_exit_NAME`: number and result of a system call.
@frozen
public struct SystemCallExitContext: ProgramContext {
  /// The record as it lies in memory.
  @frozen
  public struct Record: BitwiseCopyable {
    /// What all tracepoints have; the verifier lets no program read it.
    public var common: UInt64
    /// The number of the call.
    public var number: Int
    /// The result; from -4095 to -1 an error number.
    public var result: Int

    /// A record of a test.
    @_alwaysEmitIntoClient
    public init(number: Int, result: Int) {
      common = 0
      self.number = number
      self.result = result
    }
  }

  /// What the kernel says.
  public let record: UnsafePointer<Record>

  /// The record is at `record`, as in a test.
  @_alwaysEmitIntoClient @_transparent
  public init(_ record: UnsafePointer<Record>) { self.record = record }

  /// The pointer, as helpers take it.
  @_alwaysEmitIntoClient public var rawContext: UnsafeMutableRawPointer {
    @_transparent get { UnsafeMutableRawPointer(mutating: record) }
  }

  /// The number of the call.
  @_alwaysEmitIntoClient public var number: Int { @_transparent get { record.pointee.number } }
  /// The result; from -4095 to -1 an error number.
  @_alwaysEmitIntoClient public var result: Int { @_transparent get { record.pointee.result } }
}
