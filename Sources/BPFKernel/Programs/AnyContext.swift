/// What any program is called with, for one that does not look at it.
///
///     @section("tp/sched/sched_process_exec")
///     func executed(_ event: AnyContext) { started.add(1, for: Process.user) }
@frozen
public struct AnyContext: ProgramContext {
  /// The pointer, as helpers take it.
  public let rawContext: UnsafeMutableRawPointer

  /// The context is at `rawContext`, as in a test.
  @_alwaysEmitIntoClient @_transparent
  public init(_ rawContext: UnsafeMutableRawPointer) { self.rawContext = rawContext }
}
