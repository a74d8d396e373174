// Written from functions.table by KernelFunctionTableTests: change the table, not this file.
// swift-format-ignore-file

/// A packet as a dynamic pointer.
///
/// Function of the kernel. *First kernel*: 6.4. *Programs*: socket_filter, tc, cgroup_skb, netfilter, sk_skb, lwt_in,
/// lwt_out, lwt_xmit, lwt_seg6local; struct_ops from 6.15.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_dynptr_from_skb(
  _ s: UnsafeMutableRawPointer?,
  _ flags: UInt64,
  _ ptr: UnsafeMutableRawPointer?
) -> Int32 {
  KernelFunction("int bpf_dynptr_from_skb(struct __sk_buff *s, u64 flags, struct bpf_dynptr *ptr__uninit)")(s, flags, ptr)
}

/// A packet as a dynamic pointer.
///
/// Function of the kernel. *First kernel*: 6.4. *Programs*: xdp.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_dynptr_from_xdp(
  _ x: UnsafeMutableRawPointer?,
  _ flags: UInt64,
  _ ptr: UnsafeMutableRawPointer?
) -> Int32 {
  KernelFunction("int bpf_dynptr_from_xdp(struct xdp_md *x, u64 flags, struct bpf_dynptr *ptr__uninit)")(x, flags, ptr)
}

/// Where the bytes at an offset lie, to be read; copied to the buffer when they do not lie in one piece, nil when there
/// are not so many.
///
/// Function of the kernel. *First kernel*: 6.4. *Programs*: all with types of the kernel.
@_alwaysEmitIntoClient @_transparent
public func bpf_dynptr_slice(
  _ p: UnsafeRawPointer?,
  _ offset: UInt32,
  _ buffer: UnsafeMutableRawPointer?,
  _ buffer_size: UInt32
) -> UnsafeMutableRawPointer? {
  KernelFunction("void *bpf_dynptr_slice(const struct bpf_dynptr *p, u32 offset, void *buffer__opt, u32 buffer__szk)")(p, offset, buffer, buffer_size)
}

/// Where the bytes at an offset lie, to be written; nil when there are not so many, or they must not be written.
///
/// Function of the kernel. *First kernel*: 6.4. *Programs*: all with types of the kernel.
@_alwaysEmitIntoClient @_transparent
public func bpf_dynptr_slice_rdwr(
  _ p: UnsafeRawPointer?,
  _ offset: UInt32,
  _ buffer: UnsafeMutableRawPointer?,
  _ buffer_size: UInt32
) -> UnsafeMutableRawPointer? {
  KernelFunction("void *bpf_dynptr_slice_rdwr(const struct bpf_dynptr *p, u32 offset, void *buffer__opt, u32 buffer__szk)")(p, offset, buffer, buffer_size)
}

/// Narrows a dynamic pointer to the bytes from `start` up to, without, `end`.
///
/// Function of the kernel. *First kernel*: 6.5. *Programs*: all with types of the kernel.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_dynptr_adjust(_ p: UnsafeRawPointer?, _ start: UInt32, _ end: UInt32) -> Int32 {
  KernelFunction("int bpf_dynptr_adjust(const struct bpf_dynptr *p, u32 start, u32 end)")(p, start, end)
}

/// Whether a dynamic pointer points to nothing.
///
/// Function of the kernel. *First kernel*: 6.5. *Programs*: all with types of the kernel.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_dynptr_is_null(_ p: UnsafeRawPointer?) -> Bool {
  KernelFunction("bool bpf_dynptr_is_null(const struct bpf_dynptr *p)")(p)
}

/// Whether what a dynamic pointer points to must not be written.
///
/// Function of the kernel. *First kernel*: 6.5. *Programs*: all with types of the kernel.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_dynptr_is_rdonly(_ p: UnsafeRawPointer?) -> Bool {
  KernelFunction("bool bpf_dynptr_is_rdonly(const struct bpf_dynptr *p)")(p)
}

/// How many bytes a dynamic pointer points to.
///
/// Function of the kernel. *First kernel*: 6.5. *Programs*: all with types of the kernel.
@_alwaysEmitIntoClient @_transparent
public func bpf_dynptr_size(_ p: UnsafeRawPointer?) -> UInt32 {
  KernelFunction("u32 bpf_dynptr_size(const struct bpf_dynptr *p)")(p)
}

/// Makes a second dynamic pointer to the same bytes, with an offset and a size of its own.
///
/// Function of the kernel. *First kernel*: 6.5. *Programs*: all with types of the kernel.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_dynptr_clone(_ p: UnsafeRawPointer?, _ clone: UnsafeMutableRawPointer?) -> Int32 {
  KernelFunction("int bpf_dynptr_clone(const struct bpf_dynptr *p, struct bpf_dynptr *clone__uninit)")(p, clone)
}

/// Copies bytes from what one dynamic pointer points to to what another does.
///
/// Function of the kernel. *First kernel*: 6.16. *Programs*: all with types of the kernel.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_dynptr_copy(
  _ dst_ptr: UnsafeMutableRawPointer?,
  _ dst_off: UInt32,
  _ src_ptr: UnsafeMutableRawPointer?,
  _ src_off: UInt32,
  _ size: UInt32
) -> Int32 {
  KernelFunction("int bpf_dynptr_copy(struct bpf_dynptr *dst_ptr, u32 dst_off, struct bpf_dynptr *src_ptr, u32 src_off, u32 size)")(dst_ptr, dst_off, src_ptr, src_off, size)
}

/// Sets bytes of what a dynamic pointer points to.
///
/// Function of the kernel. *First kernel*: 6.17. *Programs*: all with types of the kernel.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_dynptr_memset(_ p: UnsafeMutableRawPointer?, _ offset: UInt32, _ size: UInt32, _ val: UInt8) -> Int32 {
  KernelFunction("int bpf_dynptr_memset(struct bpf_dynptr *p, u32 offset, u32 size, u8 val)")(p, offset, size, val)
}
