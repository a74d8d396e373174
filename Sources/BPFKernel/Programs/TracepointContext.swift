/// The record of a tracepoint (`tp/…`, `tracepoint/…`): a struct whose fields the tracepoint's format file lists.
///
/// Declare the record in an extension of ``Kernel`` as the kernel calls it, `trace_event_raw_` and the name of the
/// event's class, with the fields that you use; they are found in the running kernel by name:
///
///     extension Kernel { struct trace_event_raw_sched_process_exec { var pid: Int32; var __data_loc_filename: UInt32 } }
///
///     @section("tp/sched/sched_process_exec")
///     func executed(_ event: TracepointContext<Kernel.trace_event_raw_sched_process_exec>) {
///       let process = event.record.pointee.pid
///
/// `bpf gen tracepoint sched:sched_process_exec` writes the declaration.
@frozen
public struct TracepointContext<Record>: ProgramContext {
  /// The record, whose fields the program may read directly.
  public let record: UnsafeMutablePointer<Record>

  /// The record is at `record`, as in a test.
  @_alwaysEmitIntoClient @_transparent
  public init(_ record: UnsafeMutablePointer<Record>) { self.record = record }

  /// The pointer, as helpers take it.
  @_alwaysEmitIntoClient public var rawContext: UnsafeMutableRawPointer {
    @_transparent get { UnsafeMutableRawPointer(record) }
  }

  /// Where the bytes of a field that the kernel lists as `__data_loc` lie: the lower half of the field is their offset.
  @_alwaysEmitIntoClient @_transparent
  public func data(at location: UInt32) -> UnsafeRawPointer {
    UnsafeRawPointer(record) + Int(truncatingIfNeeded: location & 0xffff)
  }
}
