// Written from functions.table by KernelFunctionTableTests: change the table, not this file.
// swift-format-ignore-file

/// Begins a walk over numbers from `start` up to, without, `end`; the iterator has 8 bytes on the stack, and
/// `bpf_iter_num_destroy` must end it in any case.
///
/// Function of the kernel. *First kernel*: 6.4. *Programs*: all with types of the kernel.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_iter_num_new(_ it: UnsafeMutableRawPointer?, _ start: Int32, _ end: Int32) -> Int32 {
  KernelFunction("int bpf_iter_num_new(struct bpf_iter_num *it, int start, int end)")(it, start, end)
}

/// The next one of the walk, or nil after the last.
///
/// Function of the kernel. *First kernel*: 6.4. *Programs*: all with types of the kernel.
@_alwaysEmitIntoClient @_transparent
public func bpf_iter_num_next(_ it: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<Int32>? {
  KernelFunction("int *bpf_iter_num_next(struct bpf_iter_num *it)")(it)
}

/// Ends the walk.
///
/// Function of the kernel. *First kernel*: 6.4. *Programs*: all with types of the kernel.
@_alwaysEmitIntoClient @_transparent
public func bpf_iter_num_destroy(_ it: UnsafeMutableRawPointer?) {
  KernelFunction("void bpf_iter_num_destroy(struct bpf_iter_num *it)")(it)
}

/// Begins a walk over tasks: flag 0 all processes, 1 all threads, 2 the threads of the given process; the iterator has
/// 24 bytes on the stack, and `bpf_iter_task_destroy` must end it in any case.
///
/// Function of the kernel. *First kernel*: 6.7. *Programs*: tracing, lsm, struct_ops, syscall.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_iter_task_new(
  _ it: UnsafeMutableRawPointer?,
  _ task: UnsafeMutableRawPointer?,
  _ flags: UInt32
) -> Int32 {
  KernelFunction("int bpf_iter_task_new(struct bpf_iter_task *it, struct task_struct *task__nullable, unsigned int flags)")(it, task, flags)
}

/// The next one of the walk, or nil after the last.
///
/// Function of the kernel. *First kernel*: 6.7. *Programs*: tracing, lsm, struct_ops, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_iter_task_next(_ it: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  KernelFunction("struct task_struct *bpf_iter_task_next(struct bpf_iter_task *it)")(it)
}

/// Ends the walk.
///
/// Function of the kernel. *First kernel*: 6.7. *Programs*: tracing, lsm, struct_ops, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_iter_task_destroy(_ it: UnsafeMutableRawPointer?) {
  KernelFunction("void bpf_iter_task_destroy(struct bpf_iter_task *it)")(it)
}

/// Begins a walk over a task's areas of memory, from the one at or behind an address on; the iterator has 8 bytes on
/// the stack, and `bpf_iter_task_vma_destroy` must end it in any case.
///
/// Function of the kernel. *First kernel*: 6.7. *Programs*: tracing, lsm, struct_ops, syscall.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_iter_task_vma_new(
  _ it: UnsafeMutableRawPointer?,
  _ task: UnsafeMutableRawPointer?,
  _ addr: UInt64
) -> Int32 {
  KernelFunction("int bpf_iter_task_vma_new(struct bpf_iter_task_vma *it, struct task_struct *task, u64 addr)")(it, task, addr)
}

/// The next one of the walk, or nil after the last.
///
/// Function of the kernel. *First kernel*: 6.7. *Programs*: tracing, lsm, struct_ops, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_iter_task_vma_next(_ it: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  KernelFunction("struct vm_area_struct *bpf_iter_task_vma_next(struct bpf_iter_task_vma *it)")(it)
}

/// Ends the walk.
///
/// Function of the kernel. *First kernel*: 6.7. *Programs*: tracing, lsm, struct_ops, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_iter_task_vma_destroy(_ it: UnsafeMutableRawPointer?) {
  KernelFunction("void bpf_iter_task_vma_destroy(struct bpf_iter_task_vma *it)")(it)
}

/// Begins a walk over control groups at and below one: flag 1 in pre-order, 2 in post-order, 3 upwards; the iterator
/// has 24 bytes on the stack, and `bpf_iter_css_destroy` must end it in any case.
///
/// Function of the kernel. *First kernel*: 6.7. *Programs*: tracing, lsm, struct_ops, syscall.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_iter_css_new(
  _ it: UnsafeMutableRawPointer?,
  _ start: UnsafeMutableRawPointer?,
  _ flags: UInt32
) -> Int32 {
  KernelFunction("int bpf_iter_css_new(struct bpf_iter_css *it, struct cgroup_subsys_state *start, unsigned int flags)")(it, start, flags)
}

/// The next one of the walk, or nil after the last.
///
/// Function of the kernel. *First kernel*: 6.7. *Programs*: tracing, lsm, struct_ops, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_iter_css_next(_ it: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  KernelFunction("struct cgroup_subsys_state *bpf_iter_css_next(struct bpf_iter_css *it)")(it)
}

/// Ends the walk.
///
/// Function of the kernel. *First kernel*: 6.7. *Programs*: tracing, lsm, struct_ops, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_iter_css_destroy(_ it: UnsafeMutableRawPointer?) {
  KernelFunction("void bpf_iter_css_destroy(struct bpf_iter_css *it)")(it)
}

/// Begins a walk over the tasks of a control group: flag 1 processes only; the iterator has 8 bytes on the stack, and
/// `bpf_iter_css_task_destroy` must end it in any case.
///
/// Function of the kernel. *First kernel*: 6.7. *Programs*: tracing, lsm, struct_ops, syscall.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_iter_css_task_new(
  _ it: UnsafeMutableRawPointer?,
  _ css: UnsafeMutableRawPointer?,
  _ flags: UInt32
) -> Int32 {
  KernelFunction("int bpf_iter_css_task_new(struct bpf_iter_css_task *it, struct cgroup_subsys_state *css, unsigned int flags)")(it, css, flags)
}

/// The next one of the walk, or nil after the last.
///
/// Function of the kernel. *First kernel*: 6.7. *Programs*: tracing, lsm, struct_ops, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_iter_css_task_next(_ it: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  KernelFunction("struct task_struct *bpf_iter_css_task_next(struct bpf_iter_css_task *it)")(it)
}

/// Ends the walk.
///
/// Function of the kernel. *First kernel*: 6.7. *Programs*: tracing, lsm, struct_ops, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_iter_css_task_destroy(_ it: UnsafeMutableRawPointer?) {
  KernelFunction("void bpf_iter_css_task_destroy(struct bpf_iter_css_task *it)")(it)
}

/// Begins a walk over the numbers of the bits that are set in some words; the iterator has 16 bytes on the stack, and
/// `bpf_iter_bits_destroy` must end it in any case.
///
/// Function of the kernel. *First kernel*: 6.11. *Programs*: all with types of the kernel.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_iter_bits_new(
  _ it: UnsafeMutableRawPointer?,
  _ unsafe_ptr: UnsafeRawPointer?,
  _ nr_words: UInt32
) -> Int32 {
  KernelFunction("int bpf_iter_bits_new(struct bpf_iter_bits *it, const u64 *unsafe_ptr__ign, u32 nr_words)")(it, unsafe_ptr, nr_words)
}

/// The next one of the walk, or nil after the last.
///
/// Function of the kernel. *First kernel*: 6.11. *Programs*: all with types of the kernel.
@_alwaysEmitIntoClient @_transparent
public func bpf_iter_bits_next(_ it: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<Int32>? {
  KernelFunction("int *bpf_iter_bits_next(struct bpf_iter_bits *it)")(it)
}

/// Ends the walk.
///
/// Function of the kernel. *First kernel*: 6.11. *Programs*: all with types of the kernel.
@_alwaysEmitIntoClient @_transparent
public func bpf_iter_bits_destroy(_ it: UnsafeMutableRawPointer?) {
  KernelFunction("void bpf_iter_bits_destroy(struct bpf_iter_bits *it)")(it)
}
