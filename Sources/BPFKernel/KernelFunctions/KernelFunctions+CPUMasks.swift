// Written from functions.table by KernelFunctionTableTests: change the table, not this file.
// swift-format-ignore-file

/// A set without CPUs, or nil when there is no memory; give it back by `bpf_cpumask_release`.
///
/// Function of the kernel. *First kernel*: 6.3. *Programs*: tracing, lsm, struct_ops, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_cpumask_create() -> UnsafeMutableRawPointer? {
  KernelFunction("struct bpf_cpumask *bpf_cpumask_create(void)")()
}

/// Takes another reference to a set.
///
/// Function of the kernel. *First kernel*: 6.3. *Programs*: tracing, lsm, struct_ops, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_cpumask_acquire(_ cpumask: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  KernelFunction("struct bpf_cpumask *bpf_cpumask_acquire(struct bpf_cpumask *cpumask)")(cpumask)
}

/// Gives a reference to a set back.
///
/// Function of the kernel. *First kernel*: 6.3. *Programs*: tracing, lsm, struct_ops, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_cpumask_release(_ cpumask: UnsafeMutableRawPointer?) {
  KernelFunction("void bpf_cpumask_release(struct bpf_cpumask *cpumask)")(cpumask)
}

/// The lowest CPU of the set; a number beyond the last CPU when there is none.
///
/// Function of the kernel. *First kernel*: 6.3. *Programs*: tracing, lsm, struct_ops, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_cpumask_first(_ cpumask: UnsafeRawPointer?) -> UInt32 {
  KernelFunction("u32 bpf_cpumask_first(const struct cpumask *cpumask)")(cpumask)
}

/// The lowest CPU that is not in the set.
///
/// Function of the kernel. *First kernel*: 6.3. *Programs*: tracing, lsm, struct_ops, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_cpumask_first_zero(_ cpumask: UnsafeRawPointer?) -> UInt32 {
  KernelFunction("u32 bpf_cpumask_first_zero(const struct cpumask *cpumask)")(cpumask)
}

/// The lowest CPU that is in both sets.
///
/// Function of the kernel. *First kernel*: 6.5. *Programs*: tracing, lsm, struct_ops, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_cpumask_first_and(_ src1: UnsafeRawPointer?, _ src2: UnsafeRawPointer?) -> UInt32 {
  KernelFunction("u32 bpf_cpumask_first_and(const struct cpumask *src1, const struct cpumask *src2)")(src1, src2)
}

/// Puts a CPU into the set.
///
/// Function of the kernel. *First kernel*: 6.3. *Programs*: tracing, lsm, struct_ops, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_cpumask_set_cpu(_ cpu: UInt32, _ cpumask: UnsafeMutableRawPointer?) {
  KernelFunction("void bpf_cpumask_set_cpu(u32 cpu, struct bpf_cpumask *cpumask)")(cpu, cpumask)
}

/// Takes a CPU out of the set.
///
/// Function of the kernel. *First kernel*: 6.3. *Programs*: tracing, lsm, struct_ops, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_cpumask_clear_cpu(_ cpu: UInt32, _ cpumask: UnsafeMutableRawPointer?) {
  KernelFunction("void bpf_cpumask_clear_cpu(u32 cpu, struct bpf_cpumask *cpumask)")(cpu, cpumask)
}

/// Whether the CPU is in the set.
///
/// Function of the kernel. *First kernel*: 6.3. *Programs*: tracing, lsm, struct_ops, syscall.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_cpumask_test_cpu(_ cpu: UInt32, _ cpumask: UnsafeRawPointer?) -> Bool {
  KernelFunction("bool bpf_cpumask_test_cpu(u32 cpu, const struct cpumask *cpumask)")(cpu, cpumask)
}

/// Puts a CPU into the set, and tells whether it was there.
///
/// Function of the kernel. *First kernel*: 6.3. *Programs*: tracing, lsm, struct_ops, syscall.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_cpumask_test_and_set_cpu(_ cpu: UInt32, _ cpumask: UnsafeMutableRawPointer?) -> Bool {
  KernelFunction("bool bpf_cpumask_test_and_set_cpu(u32 cpu, struct bpf_cpumask *cpumask)")(cpu, cpumask)
}

/// Takes a CPU out of the set, and tells whether it was there.
///
/// Function of the kernel. *First kernel*: 6.3. *Programs*: tracing, lsm, struct_ops, syscall.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_cpumask_test_and_clear_cpu(_ cpu: UInt32, _ cpumask: UnsafeMutableRawPointer?) -> Bool {
  KernelFunction("bool bpf_cpumask_test_and_clear_cpu(u32 cpu, struct bpf_cpumask *cpumask)")(cpu, cpumask)
}

/// Puts all CPUs into the set.
///
/// Function of the kernel. *First kernel*: 6.3. *Programs*: tracing, lsm, struct_ops, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_cpumask_setall(_ cpumask: UnsafeMutableRawPointer?) {
  KernelFunction("void bpf_cpumask_setall(struct bpf_cpumask *cpumask)")(cpumask)
}

/// Takes all CPUs out of the set.
///
/// Function of the kernel. *First kernel*: 6.3. *Programs*: tracing, lsm, struct_ops, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_cpumask_clear(_ cpumask: UnsafeMutableRawPointer?) {
  KernelFunction("void bpf_cpumask_clear(struct bpf_cpumask *cpumask)")(cpumask)
}

/// Makes a set of the CPUs that are in both; false when there are none.
///
/// Function of the kernel. *First kernel*: 6.3. *Programs*: tracing, lsm, struct_ops, syscall.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_cpumask_and(
  _ dst: UnsafeMutableRawPointer?,
  _ src1: UnsafeRawPointer?,
  _ src2: UnsafeRawPointer?
) -> Bool {
  KernelFunction("bool bpf_cpumask_and(struct bpf_cpumask *dst, const struct cpumask *src1, const struct cpumask *src2)")(dst, src1, src2)
}

/// Makes a set of the CPUs that are in one or the other.
///
/// Function of the kernel. *First kernel*: 6.3. *Programs*: tracing, lsm, struct_ops, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_cpumask_or(_ dst: UnsafeMutableRawPointer?, _ src1: UnsafeRawPointer?, _ src2: UnsafeRawPointer?) {
  KernelFunction("void bpf_cpumask_or(struct bpf_cpumask *dst, const struct cpumask *src1, const struct cpumask *src2)")(dst, src1, src2)
}

/// Makes a set of the CPUs that are in just one of two.
///
/// Function of the kernel. *First kernel*: 6.3. *Programs*: tracing, lsm, struct_ops, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_cpumask_xor(_ dst: UnsafeMutableRawPointer?, _ src1: UnsafeRawPointer?, _ src2: UnsafeRawPointer?) {
  KernelFunction("void bpf_cpumask_xor(struct bpf_cpumask *dst, const struct cpumask *src1, const struct cpumask *src2)")(dst, src1, src2)
}

/// Whether two sets have the same CPUs.
///
/// Function of the kernel. *First kernel*: 6.3. *Programs*: tracing, lsm, struct_ops, syscall.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_cpumask_equal(_ src1: UnsafeRawPointer?, _ src2: UnsafeRawPointer?) -> Bool {
  KernelFunction("bool bpf_cpumask_equal(const struct cpumask *src1, const struct cpumask *src2)")(src1, src2)
}

/// Whether a CPU is in both sets.
///
/// Function of the kernel. *First kernel*: 6.3. *Programs*: tracing, lsm, struct_ops, syscall.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_cpumask_intersects(_ src1: UnsafeRawPointer?, _ src2: UnsafeRawPointer?) -> Bool {
  KernelFunction("bool bpf_cpumask_intersects(const struct cpumask *src1, const struct cpumask *src2)")(src1, src2)
}

/// Whether all CPUs of the first set are in the second.
///
/// Function of the kernel. *First kernel*: 6.3. *Programs*: tracing, lsm, struct_ops, syscall.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_cpumask_subset(_ src1: UnsafeRawPointer?, _ src2: UnsafeRawPointer?) -> Bool {
  KernelFunction("bool bpf_cpumask_subset(const struct cpumask *src1, const struct cpumask *src2)")(src1, src2)
}

/// Whether the set has no CPU.
///
/// Function of the kernel. *First kernel*: 6.3. *Programs*: tracing, lsm, struct_ops, syscall.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_cpumask_empty(_ cpumask: UnsafeRawPointer?) -> Bool {
  KernelFunction("bool bpf_cpumask_empty(const struct cpumask *cpumask)")(cpumask)
}

/// Whether the set has all CPUs.
///
/// Function of the kernel. *First kernel*: 6.3. *Programs*: tracing, lsm, struct_ops, syscall.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_cpumask_full(_ cpumask: UnsafeRawPointer?) -> Bool {
  KernelFunction("bool bpf_cpumask_full(const struct cpumask *cpumask)")(cpumask)
}

/// Makes a set one of the same CPUs as another.
///
/// Function of the kernel. *First kernel*: 6.3. *Programs*: tracing, lsm, struct_ops, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_cpumask_copy(_ dst: UnsafeMutableRawPointer?, _ src: UnsafeRawPointer?) {
  KernelFunction("void bpf_cpumask_copy(struct bpf_cpumask *dst, const struct cpumask *src)")(dst, src)
}

/// A CPU of the set, another one each time.
///
/// Function of the kernel. *First kernel*: 6.5. *Programs*: tracing, lsm, struct_ops, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_cpumask_any_distribute(_ cpumask: UnsafeRawPointer?) -> UInt32 {
  KernelFunction("u32 bpf_cpumask_any_distribute(const struct cpumask *cpumask)")(cpumask)
}

/// A CPU that is in both sets, another one each time.
///
/// Function of the kernel. *First kernel*: 6.5. *Programs*: tracing, lsm, struct_ops, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_cpumask_any_and_distribute(_ src1: UnsafeRawPointer?, _ src2: UnsafeRawPointer?) -> UInt32 {
  KernelFunction("u32 bpf_cpumask_any_and_distribute(const struct cpumask *src1, const struct cpumask *src2)")(src1, src2)
}

/// How many CPUs the set has.
///
/// Function of the kernel. *First kernel*: 6.9. *Programs*: tracing, lsm, struct_ops, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_cpumask_weight(_ cpumask: UnsafeRawPointer?) -> UInt32 {
  KernelFunction("u32 bpf_cpumask_weight(const struct cpumask *cpumask)")(cpumask)
}
