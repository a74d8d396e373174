/// What a raw tracepoint hands over: its arguments, as 64-bit words.
///
///     @section("raw_tp/sched_process_exec")
///     func executed(_ event: RawTracepointContext) { let task = event[0] … }
///
/// Also for `raw_tp.w`. What the arguments are says `TP_PROTO` of the tracepoint, as `bpf trace -lv rawtracepoint:NAME` shows.
@frozen
public struct RawTracepointContext: ProgramContext {
  /// The first argument.
  public let arguments: UnsafePointer<UInt64>

  /// The arguments are those from `arguments` on, as in a test.
  @_alwaysEmitIntoClient @_transparent
  public init(_ arguments: UnsafePointer<UInt64>) { self.arguments = arguments }

  /// The pointer, as helpers take it.
  @_alwaysEmitIntoClient public var rawContext: UnsafeMutableRawPointer {
    @_transparent get { UnsafeMutableRawPointer(mutating: arguments) }
  }

  /// The argument at `index`.
  @_alwaysEmitIntoClient public subscript(index: Int) -> UInt64 { @_transparent get { arguments[index] } }

  /// The argument at `index`, a pointer to a struct of the kernel.
  ///
  /// Fields are read by `read(_:)`.
  @_alwaysEmitIntoClient @_transparent
  public func pointer<T>(_ index: Int, to type: T.Type = T.self) -> UnsafeMutablePointer<T>? {
    UnsafeMutablePointer(bitPattern: UInt(truncatingIfNeeded: arguments[index]))
  }
}
