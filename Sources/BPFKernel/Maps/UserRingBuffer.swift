// swift-format-ignore-file: AlwaysUseLowerCamelCase

internal import Builtin

/// A queue of records from user space, `BPF_MAP_TYPE_USER_RINGBUF`.
///
/// User space writes it with `UserRingBuffer` of the library for user space.
///
/// *First kernel*: 6.1.
@frozen @_rawLayout(like: MapDefinition)
public struct UserRingBuffer<Event: BitwiseCopyable>: KernelMap, ~Copyable, @unchecked Sendable {
  /// The definition, and by its address the map.
  @_alwaysEmitIntoClient public var definition: UnsafeMutablePointer<MapDefinition> {
    @_transparent get { UnsafeMutablePointer(Builtin.addressOfRawLayout(self)) }
  }

  /// A buffer of `byteCount` bytes, a power of two and a multiple of the page size.
  @_alwaysEmitIntoClient @_transparent
  public init(byteCount: UInt32, pinned: Bool = false) {
    definition.initialize(
      to: MapDefinition(.userRingBuffer, maxEntries: byteCount, pinned: pinned))
  }

  /// What is called for each record, with a dynamic pointer to it and the state: 0 to go on, 1 to stop.
  public typealias Body = @convention(c) (UnsafeMutableRawPointer, UnsafeMutableRawPointer) -> Int

  /// Calls `body` for each record; how many there were, or a negative error number.
  ///
  /// It must not capture anything: what it changes is `state`. A check that fails in it ends the program.
  /// `bpf_user_ringbuf_drain`.
  @_alwaysEmitIntoClient @inline(__always) @discardableResult
  public borrowing func drain(_ state: UnsafeMutableRawPointer, _ body: Body) -> Int {
    #if hasFeature(Embedded)
      Int(truncatingIfNeeded: swift_bpf_user_ringbuf_drain(raw, body, state, 0))
    #else
      bpf_user_ringbuf_drain(raw, unsafeBitCast(body, to: UnsafeRawPointer.self), state, 0)
    #endif
  }

  /// The record behind a dynamic pointer, or nil when it is too short.
  ///
  /// `bpf_dynptr_read`.
  @_alwaysEmitIntoClient @inline(__always)
  public static func event(at record: UnsafeMutableRawPointer) -> Event? {
    filled { bpf_dynptr_read($0, UInt32(truncatingIfNeeded: MemoryLayout<Event>.size), record, 0, 0) }
  }
}

#if hasFeature(Embedded)
  // `bpf build` sees to it that a failed check in the function ends the program.
  @_extern(c, "swift_bpf_user_ringbuf_drain") @usableFromInline
  func swift_bpf_user_ringbuf_drain(
    _ map: UnsafeMutableRawPointer,
    _ body: @convention(c) (UnsafeMutableRawPointer, UnsafeMutableRawPointer) -> Int,
    _ state: UnsafeMutableRawPointer, _ flags: UInt64
  ) -> UInt64
#endif
