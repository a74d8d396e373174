// Written from functions.table by KernelFunctionTableTests: change the table, not this file.
// swift-format-ignore-file

/// Begins a section in which what the kernel protects by RCU stays; for programs that may sleep.
///
/// Function of the kernel. *First kernel*: 6.2. *Programs*: all with types of the kernel.
@_alwaysEmitIntoClient @_transparent
public func bpf_rcu_read_lock() {
  KernelFunction("void bpf_rcu_read_lock(void)")()
}

/// Ends a section that `bpf_rcu_read_lock` began.
///
/// Function of the kernel. *First kernel*: 6.2. *Programs*: all with types of the kernel.
@_alwaysEmitIntoClient @_transparent
public func bpf_rcu_read_unlock() {
  KernelFunction("void bpf_rcu_read_unlock(void)")()
}

/// Begins a section in which no other task gets the CPU.
///
/// Function of the kernel. *First kernel*: 6.10. *Programs*: all with types of the kernel.
@_alwaysEmitIntoClient @_transparent
public func bpf_preempt_disable() {
  KernelFunction("void bpf_preempt_disable(void)")()
}

/// Ends a section that `bpf_preempt_disable` began.
///
/// Function of the kernel. *First kernel*: 6.10. *Programs*: all with types of the kernel.
@_alwaysEmitIntoClient @_transparent
public func bpf_preempt_enable() {
  KernelFunction("void bpf_preempt_enable(void)")()
}
