internal import Builtin

/// Events to user space through a buffer for each CPU, `BPF_MAP_TYPE_PERF_EVENT_ARRAY`.
///
/// For kernels before 5.8, which have no ``RingBuffer``. User space reads it with `PerfBuffer`.
///
/// *First kernel*: 4.3.
@frozen @_rawLayout(like: MapDefinition)
public struct PerfEventArray<Event: BitwiseCopyable>: KernelMap, ~Copyable, @unchecked Sendable {
  /// The definition, and by its address the map.
  @_alwaysEmitIntoClient public var definition: UnsafeMutablePointer<MapDefinition> {
    @_transparent get { UnsafeMutablePointer(Builtin.addressOfRawLayout(self)) }
  }

  /// An array for all CPUs; the loader gives it as many slots as the machine has.
  @_alwaysEmitIntoClient @_transparent
  public init(pinned: Bool = false) {
    definition.initialize(
      to: MapDefinition(
        .perfEventArray, keySize: 4, valueSize: 4, maxEntries: 0, pinned: pinned))
  }

  /// Sends `event` to this CPU's buffer; false when it is full or nobody reads it.
  ///
  /// `bpf_perf_event_output`.
  @_alwaysEmitIntoClient @inline(__always) @discardableResult
  public borrowing func emit(_ event: Event, from context: some ProgramContext) -> Bool {
    withPadded(event) {
      bpf_perf_event_output(
        context.rawContext, raw, 0xffff_ffff, $0, UInt64(truncatingIfNeeded: MemoryLayout<Event>.stride))
    } == 0
  }
}
