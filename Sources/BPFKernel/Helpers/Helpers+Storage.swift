// Written from helpers.table by HelperTableTests: change the table, not this file.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

/// Where the value of the control group to which the program is attached is kept.
///
/// Helper 81 of the kernel. *First kernel*: 4.19. *Programs*: cgroup_skb, cgroup_sock, sockops, cgroup_dev,
/// cgroup_sock_addr, cgroup_sysctl, cgroup_sockopt.
@_alwaysEmitIntoClient @_transparent
public func bpf_get_local_storage(_ map: UnsafeRawPointer?, _ flags: UInt64) -> UnsafeMutableRawPointer? {
  pointer(callHelper(81, word(map), flags))
}

/// Where the value of a socket is kept; flag 1 makes it.
///
/// Helper 107 of the kernel. *First kernel*: 5.2. *Programs*: tc, cgroup_skb, cgroup_sock, sockops, sk_msg,
/// cgroup_sock_addr, cgroup_sockopt, tracing, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_sk_storage_get(
  _ map: UnsafeRawPointer?, _ sk: UnsafeRawPointer?, _ value: UnsafeMutableRawPointer?, _ flags: UInt64
) -> UnsafeMutableRawPointer? {
  pointer(callHelper(107, word(map), word(sk), word(value), flags))
}

/// Removes the value of a socket.
///
/// Helper 108 of the kernel. *First kernel*: 5.2. *Programs*: tc, cgroup_skb, sockops, sk_msg, cgroup_sock_addr,
/// cgroup_sockopt, tracing, syscall.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_sk_storage_delete(_ map: UnsafeRawPointer?, _ sk: UnsafeRawPointer?) -> Int {
  Int(truncatingIfNeeded: callHelper(108, word(map), word(sk)))
}

/// Where the value of an inode is kept; flag 1 makes it.
///
/// Helper 145 of the kernel. *First kernel*: 5.10. *Programs*: lsm, tracing.
@_alwaysEmitIntoClient @_transparent
public func bpf_inode_storage_get(
  _ map: UnsafeRawPointer?, _ inode: UnsafeRawPointer?, _ value: UnsafeMutableRawPointer?, _ flags: UInt64
) -> UnsafeMutableRawPointer? {
  pointer(callHelper(145, word(map), word(inode), word(value), flags))
}

/// Removes the value of an inode.
///
/// Helper 146 of the kernel. *First kernel*: 5.10. *Programs*: lsm, tracing.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_inode_storage_delete(_ map: UnsafeRawPointer?, _ inode: UnsafeRawPointer?) -> Int32 {
  Int32(truncatingIfNeeded: callHelper(146, word(map), word(inode)))
}

/// Where the value of a task is kept; flag 1 makes it.
///
/// Helper 156 of the kernel. *First kernel*: 5.11. *Programs*: all.
@_alwaysEmitIntoClient @_transparent
public func bpf_task_storage_get(
  _ map: UnsafeRawPointer?, _ task: UnsafeRawPointer?, _ value: UnsafeMutableRawPointer?, _ flags: UInt64
) -> UnsafeMutableRawPointer? {
  pointer(callHelper(156, word(map), word(task), word(value), flags))
}

/// Removes the value of a task.
///
/// Helper 157 of the kernel. *First kernel*: 5.11. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_task_storage_delete(_ map: UnsafeRawPointer?, _ task: UnsafeRawPointer?) -> Int {
  Int(truncatingIfNeeded: callHelper(157, word(map), word(task)))
}

/// Swaps a pointer to a kernel object with the one that a map value has.
///
/// Helper 194 of the kernel. *First kernel*: 5.19. *Programs*: all.
@_alwaysEmitIntoClient @_transparent
public func bpf_kptr_xchg(
  _ map_value: UnsafeMutableRawPointer?, _ ptr: UnsafeMutableRawPointer?
) -> UnsafeMutableRawPointer? {
  pointer(callHelper(194, word(map_value), word(ptr)))
}

/// Where the value of a control group is kept; flag 1 makes it.
///
/// Helper 210 of the kernel. *First kernel*: 6.2. *Programs*: all.
@_alwaysEmitIntoClient @_transparent
public func bpf_cgrp_storage_get(
  _ map: UnsafeRawPointer?, _ cgroup: UnsafeRawPointer?, _ value: UnsafeMutableRawPointer?, _ flags: UInt64
) -> UnsafeMutableRawPointer? {
  pointer(callHelper(210, word(map), word(cgroup), word(value), flags))
}

/// Removes the value of a control group.
///
/// Helper 211 of the kernel. *First kernel*: 6.2. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_cgrp_storage_delete(_ map: UnsafeRawPointer?, _ cgroup: UnsafeRawPointer?) -> Int {
  Int(truncatingIfNeeded: callHelper(211, word(map), word(cgroup)))
}
