// Written from helpers.table by HelperTableTests: change the table, not this file.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

/// Where the value for a key is kept, or nil.
///
/// Helper 1 of the kernel. *First kernel*: 3.19. *Programs*: all.
@_alwaysEmitIntoClient @_transparent
public func bpf_map_lookup_elem(_ map: UnsafeRawPointer?, _ key: UnsafeRawPointer?) -> UnsafeMutableRawPointer? {
  pointer(callHelper(1, word(map), word(key)))
}

/// Stores a value; flags say whether the key must be absent (1), present (2), or neither (0).
///
/// Helper 2 of the kernel. *First kernel*: 3.19. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_map_update_elem(
  _ map: UnsafeRawPointer?, _ key: UnsafeRawPointer?, _ value: UnsafeRawPointer?, _ flags: UInt64
) -> Int {
  Int(truncatingIfNeeded: callHelper(2, word(map), word(key), word(value), flags))
}

/// Removes the value for a key.
///
/// Helper 3 of the kernel. *First kernel*: 3.19. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_map_delete_elem(_ map: UnsafeRawPointer?, _ key: UnsafeRawPointer?) -> Int {
  Int(truncatingIfNeeded: callHelper(3, word(map), word(key)))
}

/// Adds a value to a queue, a stack or a Bloom filter; flag 2 drops the oldest when it is full.
///
/// Helper 87 of the kernel. *First kernel*: 4.20. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_map_push_elem(_ map: UnsafeRawPointer?, _ value: UnsafeRawPointer?, _ flags: UInt64) -> Int {
  Int(truncatingIfNeeded: callHelper(87, word(map), word(value), flags))
}

/// Takes a value out of a queue or a stack.
///
/// Helper 88 of the kernel. *First kernel*: 4.20. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_map_pop_elem(_ map: UnsafeRawPointer?, _ value: UnsafeMutableRawPointer?) -> Int {
  Int(truncatingIfNeeded: callHelper(88, word(map), word(value)))
}

/// Copies the next value of a queue or a stack, or asks whether a Bloom filter has a value.
///
/// Helper 89 of the kernel. *First kernel*: 4.20. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_map_peek_elem(_ map: UnsafeRawPointer?, _ value: UnsafeMutableRawPointer?) -> Int {
  Int(truncatingIfNeeded: callHelper(89, word(map), word(value)))
}

/// Sends bytes to user space through a ring buffer.
///
/// Helper 130 of the kernel. *First kernel*: 5.8. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_ringbuf_output(
  _ ringbuf: UnsafeRawPointer?, _ data: UnsafeRawPointer?, _ size: UInt64, _ flags: UInt64
) -> Int {
  Int(truncatingIfNeeded: callHelper(130, word(ringbuf), word(data), size, flags))
}

/// Room for bytes in a ring buffer, which must be submitted or discarded.
///
/// Helper 131 of the kernel. *First kernel*: 5.8. *Programs*: all.
@_alwaysEmitIntoClient @_transparent
public func bpf_ringbuf_reserve(
  _ ringbuf: UnsafeRawPointer?, _ size: UInt64, _ flags: UInt64
) -> UnsafeMutableRawPointer? {
  pointer(callHelper(131, word(ringbuf), size, flags))
}

/// Hands reserved bytes to user space.
///
/// Helper 132 of the kernel. *First kernel*: 5.8. *Programs*: all.
@_alwaysEmitIntoClient @_transparent
public func bpf_ringbuf_submit(_ data: UnsafeRawPointer?, _ flags: UInt64) {
  _ = callHelper(132, word(data), flags)
}

/// Gives reserved bytes back.
///
/// Helper 133 of the kernel. *First kernel*: 5.8. *Programs*: all.
@_alwaysEmitIntoClient @_transparent
public func bpf_ringbuf_discard(_ data: UnsafeRawPointer?, _ flags: UInt64) {
  _ = callHelper(133, word(data), flags)
}

/// Bytes to be read (0), size (1), or a position (2, 3) of a ring buffer.
///
/// Helper 134 of the kernel. *First kernel*: 5.8. *Programs*: all.
@_alwaysEmitIntoClient @_transparent
public func bpf_ringbuf_query(_ ringbuf: UnsafeRawPointer?, _ flags: UInt64) -> UInt64 {
  callHelper(134, word(ringbuf), flags)
}

/// Calls a function for each element of a map.
///
/// Helper 164 of the kernel. *First kernel*: 5.13. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_for_each_map_elem(
  _ map: UnsafeRawPointer?, _ callback_fn: UnsafeRawPointer?, _ callback_ctx: UnsafeMutableRawPointer?, _ flags: UInt64
) -> Int {
  Int(truncatingIfNeeded: callHelper(164, word(map), word(callback_fn), word(callback_ctx), flags))
}

/// Where the value for a key is kept for a CPU, or nil.
///
/// Helper 195 of the kernel. *First kernel*: 5.19. *Programs*: all.
@_alwaysEmitIntoClient @_transparent
public func bpf_map_lookup_percpu_elem(
  _ map: UnsafeRawPointer?, _ key: UnsafeRawPointer?, _ cpu: UInt32
) -> UnsafeMutableRawPointer? {
  pointer(callHelper(195, word(map), word(key), word(cpu)))
}

/// Makes a dynamic pointer to memory.
///
/// Helper 197 of the kernel. *First kernel*: 5.19. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_dynptr_from_mem(
  _ data: UnsafeRawPointer?, _ size: UInt32, _ flags: UInt64, _ ptr: UnsafeMutableRawPointer?
) -> Int {
  Int(truncatingIfNeeded: callHelper(197, word(data), word(size), flags, word(ptr)))
}

/// Room in a ring buffer of a size known only when it runs; it must be submitted or discarded.
///
/// Helper 198 of the kernel. *First kernel*: 5.19. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_ringbuf_reserve_dynptr(
  _ ringbuf: UnsafeRawPointer?, _ size: UInt32, _ flags: UInt64, _ ptr: UnsafeMutableRawPointer?
) -> Int {
  Int(truncatingIfNeeded: callHelper(198, word(ringbuf), word(size), flags, word(ptr)))
}

/// Hands reserved bytes to user space.
///
/// Helper 199 of the kernel. *First kernel*: 5.19. *Programs*: all.
@_alwaysEmitIntoClient @_transparent
public func bpf_ringbuf_submit_dynptr(_ ptr: UnsafeMutableRawPointer?, _ flags: UInt64) {
  _ = callHelper(199, word(ptr), flags)
}

/// Gives reserved bytes back.
///
/// Helper 200 of the kernel. *First kernel*: 5.19. *Programs*: all.
@_alwaysEmitIntoClient @_transparent
public func bpf_ringbuf_discard_dynptr(_ ptr: UnsafeMutableRawPointer?, _ flags: UInt64) {
  _ = callHelper(200, word(ptr), flags)
}

/// Copies bytes from behind a dynamic pointer.
///
/// Helper 201 of the kernel. *First kernel*: 5.19. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_dynptr_read(
  _ dst: UnsafeMutableRawPointer?, _ len: UInt32, _ src: UnsafeMutableRawPointer?, _ offset: UInt32, _ flags: UInt64
) -> Int {
  Int(truncatingIfNeeded: callHelper(201, word(dst), word(len), word(src), word(offset), flags))
}

/// Copies bytes to behind a dynamic pointer.
///
/// Helper 202 of the kernel. *First kernel*: 5.19. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_dynptr_write(
  _ dst: UnsafeMutableRawPointer?, _ offset: UInt32, _ src: UnsafeMutableRawPointer?, _ len: UInt32, _ flags: UInt64
) -> Int {
  Int(truncatingIfNeeded: callHelper(202, word(dst), word(offset), word(src), word(len), flags))
}

/// A pointer to a constant number of bytes behind a dynamic pointer, or nil.
///
/// Helper 203 of the kernel. *First kernel*: 5.19. *Programs*: all.
@_alwaysEmitIntoClient @_transparent
public func bpf_dynptr_data(
  _ ptr: UnsafeMutableRawPointer?, _ offset: UInt32, _ len: UInt32
) -> UnsafeMutableRawPointer? {
  pointer(callHelper(203, word(ptr), word(offset), word(len)))
}

/// Calls a function for each record that user space put into a ring buffer.
///
/// Helper 209 of the kernel. *First kernel*: 6.1. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_user_ringbuf_drain(
  _ map: UnsafeRawPointer?, _ callback_fn: UnsafeRawPointer?, _ ctx: UnsafeRawPointer?, _ flags: UInt64
) -> Int {
  Int(truncatingIfNeeded: callHelper(209, word(map), word(callback_fn), word(ctx), flags))
}
