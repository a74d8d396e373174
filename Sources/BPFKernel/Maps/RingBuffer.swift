internal import Builtin

/// A queue of events to user space, in order over all CPUs, `BPF_MAP_TYPE_RINGBUF`.
///
///     let opened = RingBuffer<Opened>(byteCount: 256 * 1024)
///     …
///     opened.emit(Opened(process: Process.id, file: path))
///
/// Take ``reserve()`` for an event that is too big for the stack of 512 bytes, or that is filled by helpers.
///
/// *First kernel*: 5.8.
@frozen @_rawLayout(like: MapDefinition)
public struct RingBuffer<Event: BitwiseCopyable>: KernelMap, ~Copyable, @unchecked Sendable {
  /// The definition, and by its address the map.
  @_alwaysEmitIntoClient public var definition: UnsafeMutablePointer<MapDefinition> {
    @_transparent get { UnsafeMutablePointer(Builtin.addressOfRawLayout(self)) }
  }

  /// A buffer of `byteCount` bytes, a power of two and a multiple of the page size.
  @_alwaysEmitIntoClient @_transparent
  public init(byteCount: UInt32, pinned: Bool = false) {
    definition.initialize(
      to: MapDefinition(
        .ringBuffer, maxEntries: byteCount, pinned: pinned))
  }

  /// Room for one event in the buffer, or nil when it is full.
  ///
  /// `bpf_ringbuf_reserve`.
  ///
  /// The memory holds what was there before: write every field. What is not submitted is discarded when the record
  /// goes out of scope. Nothing that may fail a check belongs in between, for a check that fails ends the program on
  /// the spot and the verifier sees the record lost: use `&+`, or compute before, or take ``emit(_:)``.
  @_alwaysEmitIntoClient @inline(__always)
  public borrowing func reserve() -> EventRecord<Event>? {
    guard let memory = bpf_ringbuf_reserve(raw, UInt64(truncatingIfNeeded: MemoryLayout<Event>.stride), 0) else {
      return nil
    }
    return EventRecord(memory.assumingMemoryBound(to: Event.self))
  }

  /// Sends `event`; false when the buffer is full.
  ///
  /// `bpf_ringbuf_output`.
  @_alwaysEmitIntoClient @inline(__always) @discardableResult
  public borrowing func emit(_ event: Event) -> Bool {
    withPadded(event) { bpf_ringbuf_output(raw, $0, UInt64(truncatingIfNeeded: MemoryLayout<Event>.stride), 0) } == 0
  }
}
