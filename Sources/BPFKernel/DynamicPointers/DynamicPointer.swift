/// A dynamic pointer: memory whose size is known only when the program runs, with every access checked by the kernel.
///
///     lines.withRecord(byteCount: 8 &+ length) { record in
///       record.write(Process.id, at: 0)
///       record.write(length, at: 4)
///       return true                                // submit it
///     }
///
/// It is lent to a closure, and lives on the stack in a place that only the kernel reads. What the closure does must not
/// fail a check, where the memory must be given back (``RingBuffer/withRecord(byteCount:_:)``): use `&+`.
/// *First kernel*: 5.19.
@frozen
public struct DynamicPointer {
  /// Where it is kept, as helpers and functions of the kernel take it: `struct bpf_dynptr *`.
  public let raw: UnsafeMutableRawPointer

  @_alwaysEmitIntoClient @_transparent
  init(_ raw: UnsafeMutableRawPointer) { self.raw = raw }

  /// A copy of the value at `offset`, or nil when the memory ends before it does.
  ///
  /// `bpf_dynptr_read`.
  @_alwaysEmitIntoClient @inline(__always)
  public func value<T: BitwiseCopyable>(of type: T.Type = T.self, at offset: UInt32) -> T? {
    filled { bpf_dynptr_read($0, UInt32(truncatingIfNeeded: MemoryLayout<T>.size), raw, offset, 0) }
  }

  /// Stores `value` at `offset`; false when the memory ends before it does, or must not be written.
  ///
  /// Its padding is 0. `bpf_dynptr_write`.
  @_alwaysEmitIntoClient @inline(__always) @discardableResult
  public func write<T: BitwiseCopyable>(_ value: T, at offset: UInt32) -> Bool {
    withPadded(value) { bpf_dynptr_write(raw, offset, $0, UInt32(truncatingIfNeeded: MemoryLayout<T>.size), 0) } == 0
  }

  /// Where the value at `offset` lies, or nil when the memory ends before it does.
  ///
  /// `bpf_dynptr_data`; not for packets, whose bytes need not lie in one piece: ``value(of:at:)`` copies them.
  @_alwaysEmitIntoClient @inline(__always)
  public func pointer<T: BitwiseCopyable>(to type: T.Type = T.self, at offset: UInt32) -> UnsafeMutablePointer<T>? {
    bpf_dynptr_data(raw, offset, UInt32(truncatingIfNeeded: MemoryLayout<T>.size))?.assumingMemoryBound(to: T.self)
  }

  /// How many bytes there are.
  ///
  /// `bpf_dynptr_size`. *First kernel*: 6.5.
  @_alwaysEmitIntoClient @inline(__always)
  public var byteCount: UInt32 { bpf_dynptr_size(raw) }

  /// Lends room for one on the stack.
  @_alwaysEmitIntoClient @inline(__always)
  static func withRoom<R>(_ body: (UnsafeMutableRawPointer) -> R) -> R {
    withUnsafeTemporaryAllocation(byteCount: 16, alignment: 8) { body($0.baseAddress.unsafelyUnwrapped) }
  }
}

/// Lends a dynamic pointer to memory of a map's value, or answers nil when there cannot be one.
///
///     if let place = buffers.pointer(at: 0) {
///       withDynamicPointer(to: place) { bytes in bytes.write(byte, at: position) }
///     }
///
/// `bpf_dynptr_from_mem`. *First kernel*: 5.19.
@_alwaysEmitIntoClient @inline(__always) @discardableResult
public func withDynamicPointer<T: BitwiseCopyable, R>(
  to memory: UnsafeMutablePointer<T>, _ body: (DynamicPointer) -> R
) -> R? {
  DynamicPointer.withRoom { room in
    guard bpf_dynptr_from_mem(memory, UInt32(truncatingIfNeeded: MemoryLayout<T>.size), 0, room) == 0 else {
      return nil
    }
    return body(DynamicPointer(room))
  }
}

extension RingBuffer {
  /// Lends room for a record of a size that is known only when the program runs, and submits it when `body` answers true,
  /// else gives it back; false when it is not submitted.
  ///
  /// When the buffer is full, every access of `body` fails. The memory holds what was there before. Nothing in `body` may
  /// fail a check, for the room must be given back. `bpf_ringbuf_reserve_dynptr`. *First kernel*: 5.19.
  @_alwaysEmitIntoClient @inline(__always) @discardableResult
  public borrowing func withRecord(byteCount: UInt32, _ body: (DynamicPointer) -> Bool) -> Bool {
    DynamicPointer.withRoom { room in
      let hasRoom = bpf_ringbuf_reserve_dynptr(raw, byteCount, 0, room) == 0
      // The kernel wants it given back even when there is no room.
      guard body(DynamicPointer(room)), hasRoom else {
        bpf_ringbuf_discard_dynptr(room, 0)
        return false
      }
      bpf_ringbuf_submit_dynptr(room, 0)
      return true
    }
  }
}

extension SocketBufferContext {
  /// Lends a dynamic pointer to the packet, whole as it is, or answers nil when there cannot be one.
  ///
  /// `bpf_dynptr_from_skb`. *First kernel*: 6.4.
  @_alwaysEmitIntoClient @inline(__always) @discardableResult
  public func withPacket<R>(_ body: (DynamicPointer) -> R) -> R? {
    DynamicPointer.withRoom { room in
      guard bpf_dynptr_from_skb(rawContext, 0, room) == 0 else { return nil }
      return body(DynamicPointer(room))
    }
  }
}

extension XDPContext {
  /// Lends a dynamic pointer to the packet, whole as it is, or answers nil when there cannot be one.
  ///
  /// `bpf_dynptr_from_xdp`. *First kernel*: 6.4.
  @_alwaysEmitIntoClient @inline(__always) @discardableResult
  public func withPacket<R>(_ body: (DynamicPointer) -> R) -> R? {
    DynamicPointer.withRoom { room in
      guard bpf_dynptr_from_xdp(rawContext, 0, room) == 0 else { return nil }
      return body(DynamicPointer(room))
    }
  }
}
