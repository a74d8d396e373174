// Written from helpers.table by HelperTableTests: change the table, not this file.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

/// Prints to the trace pipe, with up to three numbers.
///
/// Helper 6 of the kernel. *First kernel*: 4.1. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_trace_printk(
  _ fmt: UnsafeRawPointer?, _ fmt_size: UInt32, _ first: UInt64, _ second: UInt64, _ third: UInt64
) -> Int {
  Int(truncatingIfNeeded: callHelper(6, word(fmt), word(fmt_size), first, second, third))
}

/// A number by chance, not for secrets.
///
/// Helper 7 of the kernel. *First kernel*: 4.1. *Programs*: all.
@_alwaysEmitIntoClient @_transparent
public func bpf_get_prandom_u32() -> UInt32 {
  UInt32(truncatingIfNeeded: callHelper(7))
}

/// The number of the CPU that runs the program.
///
/// Helper 8 of the kernel. *First kernel*: 4.1. *Programs*: all.
@_alwaysEmitIntoClient @_transparent
public func bpf_get_smp_processor_id() -> UInt32 {
  UInt32(truncatingIfNeeded: callHelper(8))
}

/// Goes on with another program; comes back only when the slot is empty.
///
/// Helper 12 of the kernel. *First kernel*: 4.2. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_tail_call(_ ctx: UnsafeRawPointer?, _ prog_array_map: UnsafeRawPointer?, _ index: UInt32) -> Int {
  Int(truncatingIfNeeded: callHelper(12, word(ctx), word(prog_array_map), word(index)))
}

/// The number of the CPU's memory node.
///
/// Helper 42 of the kernel. *First kernel*: 4.10. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_get_numa_node_id() -> Int {
  Int(truncatingIfNeeded: callHelper(42))
}

/// Takes the lock of a map value; no other helper may be called until it is given back.
///
/// Helper 93 of the kernel. *First kernel*: 5.1. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_spin_lock(_ lock: UnsafeMutableRawPointer?) -> Int {
  Int(truncatingIfNeeded: callHelper(93, word(lock)))
}

/// Gives the lock of a map value back.
///
/// Helper 94 of the kernel. *First kernel*: 5.1. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_spin_unlock(_ lock: UnsafeMutableRawPointer?) -> Int {
  Int(truncatingIfNeeded: callHelper(94, word(lock)))
}

/// Prints to the file of an iterator, with numbers from an array of 64-bit words.
///
/// Helper 126 of the kernel. *First kernel*: 5.8. *Programs*: tracing.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_seq_printf(
  _ m: UnsafeRawPointer?, _ fmt: UnsafeRawPointer?, _ fmt_size: UInt32, _ data: UnsafeRawPointer?, _ data_len: UInt32
) -> Int {
  Int(truncatingIfNeeded: callHelper(126, word(m), word(fmt), word(fmt_size), word(data), word(data_len)))
}

/// Writes bytes to the file of an iterator.
///
/// Helper 127 of the kernel. *First kernel*: 5.8. *Programs*: tracing.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_seq_write(_ m: UnsafeRawPointer?, _ data: UnsafeRawPointer?, _ len: UInt32) -> Int {
  Int(truncatingIfNeeded: callHelper(127, word(m), word(data), word(len)))
}

/// Writes a kernel value as text by its type.
///
/// Helper 149 of the kernel. *First kernel*: 5.10. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_snprintf_btf(
  _ str: UnsafeMutableRawPointer?,
  _ str_size: UInt32,
  _ ptr: UnsafeMutableRawPointer?,
  _ btf_ptr_size: UInt32,
  _ flags: UInt64
) -> Int {
  Int(truncatingIfNeeded: callHelper(149, word(str), word(str_size), word(ptr), word(btf_ptr_size), flags))
}

/// Prints a kernel value to the file of an iterator by its type.
///
/// Helper 150 of the kernel. *First kernel*: 5.10. *Programs*: tracing.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_seq_printf_btf(
  _ m: UnsafeRawPointer?, _ ptr: UnsafeMutableRawPointer?, _ ptr_size: UInt32, _ flags: UInt64
) -> Int {
  Int(truncatingIfNeeded: callHelper(150, word(m), word(ptr), word(ptr_size), flags))
}

/// Where a variable of the kernel is kept for a CPU, or nil.
///
/// Helper 153 of the kernel. *First kernel*: 5.10. *Programs*: all.
@_alwaysEmitIntoClient @_transparent
public func bpf_per_cpu_ptr(_ percpu_ptr: UnsafeRawPointer?, _ cpu: UInt32) -> UnsafeMutableRawPointer? {
  pointer(callHelper(153, word(percpu_ptr), word(cpu)))
}

/// Where a variable of the kernel is kept for this CPU.
///
/// Helper 154 of the kernel. *First kernel*: 5.10. *Programs*: all.
@_alwaysEmitIntoClient @_transparent
public func bpf_this_cpu_ptr(_ percpu_ptr: UnsafeRawPointer?) -> UnsafeMutableRawPointer? {
  pointer(callHelper(154, word(percpu_ptr)))
}

/// Writes text with numbers from an array of 64-bit words.
///
/// Helper 165 of the kernel. *First kernel*: 5.13. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_snprintf(
  _ str: UnsafeMutableRawPointer?,
  _ str_size: UInt32,
  _ fmt: UnsafeRawPointer?,
  _ data: UnsafeRawPointer?,
  _ data_len: UInt32
) -> Int {
  Int(truncatingIfNeeded: callHelper(165, word(str), word(str_size), word(fmt), word(data), word(data_len)))
}

/// The system call `bpf()`, from programs of type syscall.
///
/// Helper 166 of the kernel. *First kernel*: 5.14. *Programs*: syscall.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_sys_bpf(_ cmd: UInt32, _ attr: UnsafeMutableRawPointer?, _ attr_size: UInt32) -> Int {
  Int(truncatingIfNeeded: callHelper(166, word(cmd), word(attr), word(attr_size)))
}

/// Looks for a type of the kernel by name and kind.
///
/// Helper 167 of the kernel. *First kernel*: 5.14. *Programs*: syscall.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_btf_find_by_name_kind(
  _ name: UnsafeRawPointer?, _ name_sz: Int32, _ kind: UInt32, _ flags: Int32
) -> Int {
  Int(truncatingIfNeeded: callHelper(167, word(name), word(name_sz), word(kind), word(flags)))
}

/// The system call `close()`, from programs of type syscall.
///
/// Helper 168 of the kernel. *First kernel*: 5.14. *Programs*: syscall.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_sys_close(_ fd: UInt32) -> Int {
  Int(truncatingIfNeeded: callHelper(168, word(fd)))
}

/// Prints to the trace pipe, with numbers from an array of 64-bit words.
///
/// Helper 177 of the kernel. *First kernel*: 5.16. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_trace_vprintk(
  _ fmt: UnsafeRawPointer?, _ fmt_size: UInt32, _ data: UnsafeRawPointer?, _ data_len: UInt32
) -> Int {
  Int(truncatingIfNeeded: callHelper(177, word(fmt), word(fmt_size), word(data), word(data_len)))
}

/// Writes the address of a symbol of the kernel.
///
/// Helper 179 of the kernel. *First kernel*: 5.16. *Programs*: syscall.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_kallsyms_lookup_name(
  _ name: UnsafeRawPointer?, _ name_sz: Int32, _ flags: Int32, _ res: UnsafeMutableRawPointer?
) -> Int {
  Int(truncatingIfNeeded: callHelper(179, word(name), word(name_sz), word(flags), word(res)))
}

/// Calls a function with the part of a task's memory that has an address.
///
/// Helper 180 of the kernel. *First kernel*: 5.17. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_find_vma(
  _ task: UnsafeRawPointer?,
  _ addr: UInt64,
  _ callback_fn: UnsafeRawPointer?,
  _ callback_ctx: UnsafeMutableRawPointer?,
  _ flags: UInt64
) -> Int {
  Int(truncatingIfNeeded: callHelper(180, word(task), addr, word(callback_fn), word(callback_ctx), flags))
}

/// Calls a function so many times, or until it answers 1.
///
/// Helper 181 of the kernel. *First kernel*: 5.17. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_loop(
  _ nr_loops: UInt32, _ callback_fn: UnsafeRawPointer?, _ callback_ctx: UnsafeMutableRawPointer?, _ flags: UInt64
) -> Int {
  Int(truncatingIfNeeded: callHelper(181, word(nr_loops), word(callback_fn), word(callback_ctx), flags))
}

/// Compares text with constant text, as in C.
///
/// Helper 182 of the kernel. *First kernel*: 5.17. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_strncmp(_ s1: UnsafeRawPointer?, _ s1_sz: UInt32, _ s2: UnsafeRawPointer?) -> Int {
  Int(truncatingIfNeeded: callHelper(182, word(s1), word(s1_sz), word(s2)))
}
