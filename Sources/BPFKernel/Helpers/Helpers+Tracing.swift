// Written from helpers.table by HelperTableTests: change the table, not this file.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

/// Copies memory that may not be there; take `bpf_probe_read_kernel` or `bpf_probe_read_user` from 5.5 on.
///
/// Helper 4 of the kernel. *First kernel*: 4.1. *Programs*: kprobe, tracepoint, perf_event, raw_tp, tracing, syscall.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_probe_read(_ dst: UnsafeMutableRawPointer?, _ size: UInt32, _ unsafe_ptr: UnsafeRawPointer?) -> Int {
  Int(truncatingIfNeeded: callHelper(4, word(dst), word(size), word(unsafe_ptr)))
}

/// The process in the upper half, the thread in the lower.
///
/// Helper 14 of the kernel. *First kernel*: 4.2. *Programs*: all.
@_alwaysEmitIntoClient @_transparent
public func bpf_get_current_pid_tgid() -> UInt64 {
  callHelper(14)
}

/// The group in the upper half, the user in the lower.
///
/// Helper 15 of the kernel. *First kernel*: 4.2. *Programs*: all.
@_alwaysEmitIntoClient @_transparent
public func bpf_get_current_uid_gid() -> UInt64 {
  callHelper(15)
}

/// Writes the name of the present task, with a 0 at its end.
///
/// Helper 16 of the kernel. *First kernel*: 4.2. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_get_current_comm(_ buf: UnsafeMutableRawPointer?, _ size_of_buf: UInt32) -> Int {
  Int(truncatingIfNeeded: callHelper(16, word(buf), word(size_of_buf)))
}

/// The count of a performance event of a map.
///
/// Helper 22 of the kernel. *First kernel*: 4.3. *Programs*: all.
@_alwaysEmitIntoClient @_transparent
public func bpf_perf_event_read(_ map: UnsafeRawPointer?, _ flags: UInt64) -> UInt64 {
  callHelper(22, word(map), flags)
}

/// Sends bytes to user space through a perf buffer.
///
/// Helper 25 of the kernel. *First kernel*: 4.4. *Programs*: all but sk_reuseport, flow_dissector, netfilter.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_perf_event_output(
  _ ctx: UnsafeRawPointer?, _ map: UnsafeRawPointer?, _ flags: UInt64, _ data: UnsafeRawPointer?, _ size: UInt64
) -> Int {
  Int(truncatingIfNeeded: callHelper(25, word(ctx), word(map), flags, word(data), size))
}

/// The number of the present call stack in a map of stacks.
///
/// Helper 27 of the kernel. *First kernel*: 4.6. *Programs*: kprobe, tracepoint, perf_event, raw_tp, tracing, syscall.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_get_stackid(_ ctx: UnsafeRawPointer?, _ map: UnsafeRawPointer?, _ flags: UInt64) -> Int {
  Int(truncatingIfNeeded: callHelper(27, word(ctx), word(map), flags))
}

/// The address of the present `task_struct`, as a number.
///
/// Helper 35 of the kernel. *First kernel*: 4.8. *Programs*: all.
@_alwaysEmitIntoClient @_transparent
public func bpf_get_current_task() -> UInt64 {
  callHelper(35)
}

/// Writes into the present process's memory; for trying things out, the kernel warns of it.
///
/// Helper 36 of the kernel. *First kernel*: 4.8. *Programs*: kprobe, tracepoint, perf_event, raw_tp, tracing.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_probe_write_user(_ dst: UnsafeMutableRawPointer?, _ src: UnsafeRawPointer?, _ len: UInt32) -> Int {
  Int(truncatingIfNeeded: callHelper(36, word(dst), word(src), word(len)))
}

/// 1 when the present task is in a control group of a map, or below it.
///
/// Helper 37 of the kernel. *First kernel*: 4.9. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_current_task_under_cgroup(_ map: UnsafeRawPointer?, _ index: UInt32) -> Int {
  Int(truncatingIfNeeded: callHelper(37, word(map), word(index)))
}

/// Copies text that may not be there; take `bpf_probe_read_kernel_str` or `bpf_probe_read_user_str` from 5.5 on.
///
/// Helper 45 of the kernel. *First kernel*: 4.11. *Programs*: kprobe, tracepoint, perf_event, raw_tp, tracing, syscall.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_probe_read_str(
  _ dst: UnsafeMutableRawPointer?, _ size: UInt32, _ unsafe_ptr: UnsafeRawPointer?
) -> Int {
  Int(truncatingIfNeeded: callHelper(45, word(dst), word(size), word(unsafe_ptr)))
}

/// Reads the count of a performance event of a map, with the times it was on and ran.
///
/// Helper 55 of the kernel. *First kernel*: 4.15. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_perf_event_read_value(
  _ map: UnsafeRawPointer?, _ flags: UInt64, _ buf: UnsafeMutableRawPointer?, _ buf_size: UInt32
) -> Int {
  Int(truncatingIfNeeded: callHelper(55, word(map), flags, word(buf), word(buf_size)))
}

/// Reads the count of the event that called the program, with the times it was on and ran.
///
/// Helper 56 of the kernel. *First kernel*: 4.15. *Programs*: perf_event.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_perf_prog_read_value(
  _ ctx: UnsafeRawPointer?, _ buf: UnsafeMutableRawPointer?, _ buf_size: UInt32
) -> Int {
  Int(truncatingIfNeeded: callHelper(56, word(ctx), word(buf), word(buf_size)))
}

/// Has the probed function return a value without running; only where the kernel allows errors to be injected.
///
/// Helper 58 of the kernel. *First kernel*: 4.16. *Programs*: kprobe.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_override_return(_ regs: UnsafeRawPointer?, _ rc: UInt64) -> Int {
  Int(truncatingIfNeeded: callHelper(58, word(regs), rc))
}

/// Writes the present call stack, of the kernel or, with flag 256, of the process.
///
/// Helper 67 of the kernel. *First kernel*: 4.18. *Programs*: kprobe, tracepoint, perf_event, raw_tp, tracing, syscall.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_get_stack(
  _ ctx: UnsafeRawPointer?, _ buf: UnsafeMutableRawPointer?, _ size: UInt32, _ flags: UInt64
) -> Int {
  Int(truncatingIfNeeded: callHelper(67, word(ctx), word(buf), word(size), flags))
}

/// The number of the present task's control group.
///
/// Helper 80 of the kernel. *First kernel*: 4.18. *Programs*: all.
@_alwaysEmitIntoClient @_transparent
public func bpf_get_current_cgroup_id() -> UInt64 {
  callHelper(80)
}

/// Sends a signal to the present process.
///
/// Helper 109 of the kernel. *First kernel*: 5.3. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_send_signal(_ sig: UInt32) -> Int {
  Int(truncatingIfNeeded: callHelper(109, word(sig)))
}

/// Copies memory of the present process.
///
/// Helper 112 of the kernel. *First kernel*: 5.5. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_probe_read_user(
  _ dst: UnsafeMutableRawPointer?, _ size: UInt32, _ unsafe_ptr: UnsafeRawPointer?
) -> Int {
  Int(truncatingIfNeeded: callHelper(112, word(dst), word(size), word(unsafe_ptr)))
}

/// Copies memory of the kernel.
///
/// Helper 113 of the kernel. *First kernel*: 5.5. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_probe_read_kernel(
  _ dst: UnsafeMutableRawPointer?, _ size: UInt32, _ unsafe_ptr: UnsafeRawPointer?
) -> Int {
  Int(truncatingIfNeeded: callHelper(113, word(dst), word(size), word(unsafe_ptr)))
}

/// Copies text of the present process's memory up to its 0.
///
/// Helper 114 of the kernel. *First kernel*: 5.5. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_probe_read_user_str(
  _ dst: UnsafeMutableRawPointer?, _ size: UInt32, _ unsafe_ptr: UnsafeRawPointer?
) -> Int {
  Int(truncatingIfNeeded: callHelper(114, word(dst), word(size), word(unsafe_ptr)))
}

/// Copies text of the kernel's memory up to its 0.
///
/// Helper 115 of the kernel. *First kernel*: 5.5. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_probe_read_kernel_str(
  _ dst: UnsafeMutableRawPointer?, _ size: UInt32, _ unsafe_ptr: UnsafeRawPointer?
) -> Int {
  Int(truncatingIfNeeded: callHelper(115, word(dst), word(size), word(unsafe_ptr)))
}

/// Sends a signal to the present thread.
///
/// Helper 117 of the kernel. *First kernel*: 5.6. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_send_signal_thread(_ sig: UInt32) -> Int {
  Int(truncatingIfNeeded: callHelper(117, word(sig)))
}

/// Copies the branches that the CPU recorded.
///
/// Helper 119 of the kernel. *First kernel*: 5.7. *Programs*: perf_event.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_read_branch_records(
  _ ctx: UnsafeRawPointer?, _ buf: UnsafeMutableRawPointer?, _ size: UInt32, _ flags: UInt64
) -> Int {
  Int(truncatingIfNeeded: callHelper(119, word(ctx), word(buf), word(size), flags))
}

/// Process and thread as a process of a PID namespace sees them.
///
/// Helper 120 of the kernel. *First kernel*: 5.7. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_get_ns_current_pid_tgid(
  _ dev: UInt64, _ ino: UInt64, _ nsdata: UnsafeMutableRawPointer?, _ size: UInt32
) -> Int {
  Int(truncatingIfNeeded: callHelper(120, dev, ino, word(nsdata), word(size)))
}

/// The number of an ancestor of the present task's control group; 0 is the root.
///
/// Helper 123 of the kernel. *First kernel*: 5.7. *Programs*: all.
@_alwaysEmitIntoClient @_transparent
public func bpf_get_current_ancestor_cgroup_id(_ ancestor_level: Int32) -> UInt64 {
  callHelper(123, word(ancestor_level))
}

/// Writes the call stack of a task.
///
/// Helper 141 of the kernel. *First kernel*: 5.9. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_get_task_stack(
  _ task: UnsafeRawPointer?, _ buf: UnsafeMutableRawPointer?, _ size: UInt32, _ flags: UInt64
) -> Int {
  Int(truncatingIfNeeded: callHelper(141, word(task), word(buf), word(size), flags))
}

/// Writes the full path of a `struct path`; only in functions that the kernel lists.
///
/// Helper 147 of the kernel. *First kernel*: 5.10. *Programs*: lsm, tracing.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_d_path(_ path: UnsafeRawPointer?, _ buf: UnsafeMutableRawPointer?, _ sz: UInt32) -> Int {
  Int(truncatingIfNeeded: callHelper(147, word(path), word(buf), word(sz)))
}

/// Copies memory of the present process, waiting for it if need be; in programs that may sleep.
///
/// Helper 148 of the kernel. *First kernel*: 5.10. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_copy_from_user(_ dst: UnsafeMutableRawPointer?, _ size: UInt32, _ user_ptr: UnsafeRawPointer?) -> Int {
  Int(truncatingIfNeeded: callHelper(148, word(dst), word(size), word(user_ptr)))
}

/// The present `task_struct`, whose fields the program may read directly.
///
/// Helper 158 of the kernel. *First kernel*: 5.11. *Programs*: all.
@_alwaysEmitIntoClient @_transparent
public func bpf_get_current_task_btf() -> UnsafeMutableRawPointer? {
  pointer(callHelper(158))
}

/// The address of the function at which the program is.
///
/// Helper 173 of the kernel. *First kernel*: 5.15. *Programs*: kprobe, tracepoint, perf_event, raw_tp, tracing,
/// syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_get_func_ip(_ ctx: UnsafeRawPointer?) -> UInt64 {
  callHelper(173, word(ctx))
}

/// The number that was given when the program was attached.
///
/// Helper 174 of the kernel. *First kernel*: 5.15. *Programs*: kprobe, tracepoint, perf_event, raw_tp, tracing.
@_alwaysEmitIntoClient @_transparent
public func bpf_get_attach_cookie(_ ctx: UnsafeRawPointer?) -> UInt64 {
  callHelper(174, word(ctx))
}

/// The registers of a task, as they were in user space.
///
/// Helper 175 of the kernel. *First kernel*: 5.15. *Programs*: all.
@_alwaysEmitIntoClient @_transparent
public func bpf_task_pt_regs(_ task: UnsafeRawPointer?) -> UnsafeMutableRawPointer? {
  pointer(callHelper(175, word(task)))
}

/// Copies the branches that the CPU recorded up to now.
///
/// Helper 176 of the kernel. *First kernel*: 5.16. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_get_branch_snapshot(_ entries: UnsafeMutableRawPointer?, _ size: UInt32, _ flags: UInt64) -> Int {
  Int(truncatingIfNeeded: callHelper(176, word(entries), word(size), flags))
}

/// Writes an argument of the function at which the program is.
///
/// Helper 183 of the kernel. *First kernel*: 5.17. *Programs*: tracing.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_get_func_arg(_ ctx: UnsafeRawPointer?, _ n: UInt32, _ value: UnsafeMutableRawPointer?) -> Int {
  Int(truncatingIfNeeded: callHelper(183, word(ctx), word(n), word(value)))
}

/// Writes the result of the function at which the program is.
///
/// Helper 184 of the kernel. *First kernel*: 5.17. *Programs*: tracing.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_get_func_ret(_ ctx: UnsafeRawPointer?, _ value: UnsafeMutableRawPointer?) -> Int {
  Int(truncatingIfNeeded: callHelper(184, word(ctx), word(value)))
}

/// How many arguments the function at which the program is has.
///
/// Helper 185 of the kernel. *First kernel*: 5.17. *Programs*: tracing.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_get_func_arg_cnt(_ ctx: UnsafeRawPointer?) -> Int {
  Int(truncatingIfNeeded: callHelper(185, word(ctx)))
}

/// Copies memory of a task's process, waiting for it if need be; in programs that may sleep.
///
/// Helper 191 of the kernel. *First kernel*: 5.18. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_copy_from_user_task(
  _ dst: UnsafeMutableRawPointer?,
  _ size: UInt32,
  _ user_ptr: UnsafeRawPointer?,
  _ tsk: UnsafeRawPointer?,
  _ flags: UInt64
) -> Int {
  Int(truncatingIfNeeded: callHelper(191, word(dst), word(size), word(user_ptr), word(tsk), flags))
}
