// Written from functions.table by KernelFunctionTableTests: change the table, not this file.
// swift-format-ignore-file

/// Takes a reference to a control group, to keep it; nil when the group is going away.
///
/// Function of the kernel. *First kernel*: 6.2. *Programs*: tracing, lsm, struct_ops, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_cgroup_acquire(_ cgrp: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  KernelFunction("struct cgroup *bpf_cgroup_acquire(struct cgroup *cgrp)")(cgrp)
}

/// Gives a reference to a control group back.
///
/// Function of the kernel. *First kernel*: 6.2. *Programs*: tracing, lsm, struct_ops, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_cgroup_release(_ cgrp: UnsafeMutableRawPointer?) {
  KernelFunction("void bpf_cgroup_release(struct cgroup *cgrp)")(cgrp)
}

/// The group at that level above a control group, or nil; give it back by `bpf_cgroup_release`.
///
/// Function of the kernel. *First kernel*: 6.2. *Programs*: tracing, lsm, struct_ops, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_cgroup_ancestor(_ cgrp: UnsafeMutableRawPointer?, _ level: Int32) -> UnsafeMutableRawPointer? {
  KernelFunction("struct cgroup *bpf_cgroup_ancestor(struct cgroup *cgrp, int level)")(cgrp, level)
}

/// The control group with that number, or nil; give it back by `bpf_cgroup_release`.
///
/// Function of the kernel. *First kernel*: 6.4. *Programs*: tracing, lsm, struct_ops, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_cgroup_from_id(_ cgid: UInt64) -> UnsafeMutableRawPointer? {
  KernelFunction("struct cgroup *bpf_cgroup_from_id(u64 cgid)")(cgid)
}
