/// Room for one event in a ring buffer: submitted, or else discarded when it goes out of scope.
@frozen
public struct EventRecord<Event: BitwiseCopyable>: ~Copyable {
  /// Where the event is written.
  public let pointer: UnsafeMutablePointer<Event>

  @_alwaysEmitIntoClient @_transparent
  init(_ pointer: UnsafeMutablePointer<Event>) { self.pointer = pointer }

  /// The event, in the buffer itself.
  @_alwaysEmitIntoClient public var value: Event {
    @_transparent get { pointer.pointee }
    @_transparent nonmutating _modify { yield &pointer.pointee }
  }

  /// Hands the event to user space.
  ///
  /// `bpf_ringbuf_submit`.
  @_alwaysEmitIntoClient @inline(__always)
  public consuming func submit() {
    bpf_ringbuf_submit(pointer, 0)
    discard self
  }

  @inlinable @inline(__always) deinit { bpf_ringbuf_discard(pointer, 0) }
}
