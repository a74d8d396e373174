// Written from helpers.table by HelperTableTests: change the table, not this file.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

/// Reports that a key of a remote control is held.
///
/// Helper 77 of the kernel. *First kernel*: 4.18. *Programs*: lirc_mode2.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_rc_repeat(_ ctx: UnsafeRawPointer?) -> Int {
  Int(truncatingIfNeeded: callHelper(77, word(ctx)))
}

/// Reports that a key of a remote control was pressed.
///
/// Helper 78 of the kernel. *First kernel*: 4.18. *Programs*: lirc_mode2.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_rc_keydown(_ ctx: UnsafeRawPointer?, _ proto: UInt32, _ scancode: UInt64, _ toggle: UInt32) -> Int {
  Int(truncatingIfNeeded: callHelper(78, word(ctx), word(proto), scancode, word(toggle)))
}

/// Reports that a remote control's pointer moved.
///
/// Helper 92 of the kernel. *First kernel*: 5.0. *Programs*: lirc_mode2.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_rc_pointer_rel(_ ctx: UnsafeRawPointer?, _ rel_x: Int32, _ rel_y: Int32) -> Int {
  Int(truncatingIfNeeded: callHelper(92, word(ctx), word(rel_x), word(rel_y)))
}

/// Writes the name of the kernel setting.
///
/// Helper 101 of the kernel. *First kernel*: 5.2. *Programs*: cgroup_sysctl.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_sysctl_get_name(
  _ ctx: UnsafeRawPointer?, _ buf: UnsafeMutableRawPointer?, _ buf_len: UInt64, _ flags: UInt64
) -> Int {
  Int(truncatingIfNeeded: callHelper(101, word(ctx), word(buf), buf_len, flags))
}

/// Writes the present value of the kernel setting.
///
/// Helper 102 of the kernel. *First kernel*: 5.2. *Programs*: cgroup_sysctl.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_sysctl_get_current_value(
  _ ctx: UnsafeRawPointer?, _ buf: UnsafeMutableRawPointer?, _ buf_len: UInt64
) -> Int {
  Int(truncatingIfNeeded: callHelper(102, word(ctx), word(buf), buf_len))
}

/// Writes the value that the process wants to set.
///
/// Helper 103 of the kernel. *First kernel*: 5.2. *Programs*: cgroup_sysctl.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_sysctl_get_new_value(
  _ ctx: UnsafeRawPointer?, _ buf: UnsafeMutableRawPointer?, _ buf_len: UInt64
) -> Int {
  Int(truncatingIfNeeded: callHelper(103, word(ctx), word(buf), buf_len))
}

/// Changes the value that the process sets.
///
/// Helper 104 of the kernel. *First kernel*: 5.2. *Programs*: cgroup_sysctl.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_sysctl_set_new_value(_ ctx: UnsafeRawPointer?, _ buf: UnsafeRawPointer?, _ buf_len: UInt64) -> Int {
  Int(truncatingIfNeeded: callHelper(104, word(ctx), word(buf), buf_len))
}

/// Reads a signed number from text.
///
/// Helper 105 of the kernel. *First kernel*: 5.2. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_strtol(
  _ buf: UnsafeRawPointer?, _ buf_len: UInt64, _ flags: UInt64, _ res: UnsafeMutableRawPointer?
) -> Int {
  Int(truncatingIfNeeded: callHelper(105, word(buf), buf_len, flags, word(res)))
}

/// Reads an unsigned number from text.
///
/// Helper 106 of the kernel. *First kernel*: 5.2. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_strtoul(
  _ buf: UnsafeRawPointer?, _ buf_len: UInt64, _ flags: UInt64, _ res: UnsafeMutableRawPointer?
) -> Int {
  Int(truncatingIfNeeded: callHelper(106, word(buf), buf_len, flags, word(res)))
}

/// Sets options of a program that is being started.
///
/// Helper 159 of the kernel. *First kernel*: 5.11. *Programs*: lsm.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_bprm_opts_set(_ bprm: UnsafeRawPointer?, _ flags: UInt64) -> Int {
  Int(truncatingIfNeeded: callHelper(159, word(bprm), flags))
}

/// Writes the hash that IMA has of an inode.
///
/// Helper 161 of the kernel. *First kernel*: 5.11. *Programs*: lsm.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_ima_inode_hash(_ inode: UnsafeRawPointer?, _ dst: UnsafeMutableRawPointer?, _ size: UInt32) -> Int {
  Int(truncatingIfNeeded: callHelper(161, word(inode), word(dst), word(size)))
}

/// What the call will return, as the programs before have it.
///
/// Helper 186 of the kernel. *First kernel*: 5.18. *Programs*: cgroup_sock, cgroup_sock_addr, cgroup_sockopt.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_get_retval() -> Int32 {
  Int32(truncatingIfNeeded: callHelper(186))
}

/// Sets what the call will return.
///
/// Helper 187 of the kernel. *First kernel*: 5.18. *Programs*: cgroup_sock, cgroup_sock_addr, cgroup_sockopt.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_set_retval(_ retval: Int32) -> Int32 {
  Int32(truncatingIfNeeded: callHelper(187, word(retval)))
}

/// Writes the hash that IMA has of a file, computed if need be.
///
/// Helper 193 of the kernel. *First kernel*: 5.18. *Programs*: lsm.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_ima_file_hash(_ file: UnsafeRawPointer?, _ dst: UnsafeMutableRawPointer?, _ size: UInt32) -> Int {
  Int(truncatingIfNeeded: callHelper(193, word(file), word(dst), word(size)))
}
