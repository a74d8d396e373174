// Written from functions.table by KernelFunctionTableTests: change the table, not this file.
// swift-format-ignore-file

/// Takes a reference to a task, to keep it; nil when the task is going away.
///
/// Function of the kernel. *First kernel*: 6.2. *Programs*: tracing, lsm, struct_ops, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_task_acquire(_ p: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  KernelFunction("struct task_struct *bpf_task_acquire(struct task_struct *p)")(p)
}

/// Gives a reference to a task back.
///
/// Function of the kernel. *First kernel*: 6.2. *Programs*: tracing, lsm, struct_ops, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_task_release(_ p: UnsafeMutableRawPointer?) {
  KernelFunction("void bpf_task_release(struct task_struct *p)")(p)
}

/// The task with that number in the first process name space, or nil; give it back by `bpf_task_release`.
///
/// Function of the kernel. *First kernel*: 6.2. *Programs*: tracing, lsm, struct_ops, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_task_from_pid(_ pid: Int32) -> UnsafeMutableRawPointer? {
  KernelFunction("struct task_struct *bpf_task_from_pid(s32 pid)")(pid)
}

/// The task with that number in the present task's process name space, or nil; give it back by `bpf_task_release`.
///
/// Function of the kernel. *First kernel*: 6.15. *Programs*: tracing, lsm, struct_ops, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_task_from_vpid(_ vpid: Int32) -> UnsafeMutableRawPointer? {
  KernelFunction("struct task_struct *bpf_task_from_vpid(s32 vpid)")(vpid)
}

/// Whether a task is in a control group, or below it: 1 or 0.
///
/// Function of the kernel. *First kernel*: 6.5. *Programs*: tracing, lsm, struct_ops, syscall.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_task_under_cgroup(_ task: UnsafeMutableRawPointer?, _ ancestor: UnsafeMutableRawPointer?) -> Int {
  KernelFunction("long bpf_task_under_cgroup(struct task_struct *task, struct cgroup *ancestor)")(task, ancestor)
}

/// The task's control group in a hierarchy of version 1, or nil; give it back by `bpf_cgroup_release`.
///
/// Function of the kernel. *First kernel*: 6.8. *Programs*: tracing, lsm, struct_ops, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_task_get_cgroup1(_ task: UnsafeMutableRawPointer?, _ hierarchy_id: Int32) -> UnsafeMutableRawPointer? {
  KernelFunction("struct cgroup *bpf_task_get_cgroup1(struct task_struct *task, int hierarchy_id)")(task, hierarchy_id)
}

/// Sends a signal to a task; type 0 is the thread, 1 its process.
///
/// Function of the kernel. *First kernel*: 6.13. *Programs*: tracing, lsm, struct_ops, syscall.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_send_signal_task(
  _ task: UnsafeMutableRawPointer?,
  _ sig: Int32,
  _ type: UInt32,
  _ value: UInt64
) -> Int32 {
  KernelFunction("int bpf_send_signal_task(struct task_struct *task, int sig, enum pid_type type, u64 value)")(task, sig, type, value)
}

/// The file that a task executes, or nil; give it back by `bpf_put_file`.
///
/// Function of the kernel. *First kernel*: 6.12. *Programs*: lsm.
@_alwaysEmitIntoClient @_transparent
public func bpf_get_task_exe_file(_ task: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  KernelFunction("struct file *bpf_get_task_exe_file(struct task_struct *task)")(task)
}

/// Gives a reference to a file back.
///
/// Function of the kernel. *First kernel*: 6.12. *Programs*: lsm.
@_alwaysEmitIntoClient @_transparent
public func bpf_put_file(_ file: UnsafeMutableRawPointer?) {
  KernelFunction("void bpf_put_file(struct file *file)")(file)
}

/// Writes the path as text, and answers its bytes with the 0 at the end.
///
/// Function of the kernel. *First kernel*: 6.12. *Programs*: lsm.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_path_d_path(_ path: UnsafeRawPointer?, _ buf: UnsafeMutableRawPointer?, _ buf_size: UInt64) -> Int32 {
  KernelFunction("int bpf_path_d_path(const struct path *path, char *buf, size_t buf__sz)")(path, buf, buf_size)
}
