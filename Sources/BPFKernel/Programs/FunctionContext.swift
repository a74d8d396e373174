/// What the arguments of a kernel function or of a typed tracepoint are: words, or pointers that the verifier knows.
///
/// For `tp_btf`, `fentry`, `fexit`, `fmod_ret`, `lsm` and `iter` programs. A pointer's fields are read directly:
///
///     @section("tp_btf/sched_switch")
///     func switched(_ event: FunctionContext) -> Int32 {
///       guard let previous = event.pointer(1, to: Kernel.task_struct.self) else { return 0 }
///       let process = previous.pointee.tgid
///
/// *First kernel*: 5.5.
@frozen
public struct FunctionContext: ProgramContext {
  /// The first argument.
  public let arguments: UnsafePointer<UInt64>

  /// The arguments are those from `arguments` on, as in a test.
  @_alwaysEmitIntoClient @_transparent
  public init(_ arguments: UnsafePointer<UInt64>) { self.arguments = arguments }

  /// The pointer, as helpers take it.
  @_alwaysEmitIntoClient public var rawContext: UnsafeMutableRawPointer {
    @_transparent get { UnsafeMutableRawPointer(mutating: arguments) }
  }

  /// The argument at `index`, a number.
  ///
  /// In `fexit` and `lsm` programs the one after the last is the result.
  @_alwaysEmitIntoClient public subscript(index: Int) -> UInt64 { @_transparent get { arguments[index] } }

  /// The argument at `index`, a pointer to a struct of the kernel, whose fields the program may read directly.
  @_alwaysEmitIntoClient @_transparent
  public func pointer<T>(_ index: Int, to type: T.Type = T.self) -> UnsafeMutablePointer<T>? {
    UnsafeRawPointer(arguments + index).assumingMemoryBound(to: UnsafeMutablePointer<T>?.self).pointee
  }
}
