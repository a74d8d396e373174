// Written from functions.table by KernelFunctionTableTests: change the table, not this file.
// swift-format-ignore-file

/// Compares two texts: 0 when they are the same, -1 or 1, or a negative error number below.
///
/// Function of the kernel. *First kernel*: 6.17. *Programs*: all with types of the kernel.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_strcmp(_ s1: UnsafeRawPointer?, _ s2: UnsafeRawPointer?) -> Int32 {
  KernelFunction("int bpf_strcmp(const char *s1__ign, const char *s2__ign)")(s1, s2)
}

/// How many bytes a text has, without the 0 at the end.
///
/// Function of the kernel. *First kernel*: 6.17. *Programs*: all with types of the kernel.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_strlen(_ s: UnsafeRawPointer?) -> Int32 {
  KernelFunction("int bpf_strlen(const char *s__ign)")(s)
}

/// How many bytes a text has, looking at so many at most.
///
/// Function of the kernel. *First kernel*: 6.17. *Programs*: all with types of the kernel.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_strnlen(_ s: UnsafeRawPointer?, _ count: UInt64) -> Int32 {
  KernelFunction("int bpf_strnlen(const char *s__ign, size_t count)")(s, count)
}

/// At which byte of a text a character stands first, or a negative error number.
///
/// Function of the kernel. *First kernel*: 6.17. *Programs*: all with types of the kernel.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_strchr(_ s: UnsafeRawPointer?, _ c: UInt8) -> Int32 {
  KernelFunction("int bpf_strchr(const char *s__ign, char c)")(s, c)
}

/// At which byte of a text a character stands last, or a negative error number.
///
/// Function of the kernel. *First kernel*: 6.17. *Programs*: all with types of the kernel.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_strrchr(_ s: UnsafeRawPointer?, _ c: Int32) -> Int32 {
  KernelFunction("int bpf_strrchr(const char *s__ign, int c)")(s, c)
}

/// How many bytes at the start of a text are among those of another.
///
/// Function of the kernel. *First kernel*: 6.17. *Programs*: all with types of the kernel.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_strspn(_ s: UnsafeRawPointer?, _ accept: UnsafeRawPointer?) -> Int32 {
  KernelFunction("int bpf_strspn(const char *s__ign, const char *accept__ign)")(s, accept)
}

/// How many bytes at the start of a text are not among those of another.
///
/// Function of the kernel. *First kernel*: 6.17. *Programs*: all with types of the kernel.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_strcspn(_ s: UnsafeRawPointer?, _ reject: UnsafeRawPointer?) -> Int32 {
  KernelFunction("int bpf_strcspn(const char *s__ign, const char *reject__ign)")(s, reject)
}

/// At which byte of the first text the second begins, or a negative error number.
///
/// Function of the kernel. *First kernel*: 6.17. *Programs*: all with types of the kernel.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_strstr(_ s1: UnsafeRawPointer?, _ s2: UnsafeRawPointer?) -> Int32 {
  KernelFunction("int bpf_strstr(const char *s1__ign, const char *s2__ign)")(s1, s2)
}

/// At which byte of the first text the second begins, looking at so many bytes at most.
///
/// Function of the kernel. *First kernel*: 6.17. *Programs*: all with types of the kernel.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_strnstr(_ s1: UnsafeRawPointer?, _ s2: UnsafeRawPointer?, _ len: UInt64) -> Int32 {
  KernelFunction("int bpf_strnstr(const char *s1__ign, const char *s2__ign, size_t len)")(s1, s2, len)
}

/// Copies text of the present process's memory, and waits for it where it is not in memory; its bytes with the 0 at the
/// end.
///
/// Function of the kernel. *First kernel*: 6.12. *Programs*: those that may sleep.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_copy_from_user_str(
  _ dst: UnsafeMutableRawPointer?,
  _ dst_size: UInt32,
  _ unsafe_ptr: UnsafeRawPointer?,
  _ flags: UInt64
) -> Int32 {
  KernelFunction("int bpf_copy_from_user_str(void *dst, u32 dst__sz, const void *unsafe_ptr__ign, u64 flags)")(dst, dst_size, unsafe_ptr, flags)
}
