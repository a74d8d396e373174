// Written from helpers.table by HelperTableTests: change the table, not this file.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

/// Nanoseconds since the start of the machine, without time asleep.
///
/// Helper 5 of the kernel. *First kernel*: 4.1. *Programs*: all.
@_alwaysEmitIntoClient @_transparent
public func bpf_ktime_get_ns() -> UInt64 {
  callHelper(5)
}

/// The number of ticks of the kernel's timer.
///
/// Helper 118 of the kernel. *First kernel*: 5.6. *Programs*: all.
@_alwaysEmitIntoClient @_transparent
public func bpf_jiffies64() -> UInt64 {
  callHelper(118)
}

/// Nanoseconds since the start of the machine, with time asleep.
///
/// Helper 125 of the kernel. *First kernel*: 5.8. *Programs*: all.
@_alwaysEmitIntoClient @_transparent
public func bpf_ktime_get_boot_ns() -> UInt64 {
  callHelper(125)
}

/// Nanoseconds since the start of the machine, as of the last tick.
///
/// Helper 160 of the kernel. *First kernel*: 5.11. *Programs*: socket_filter, tc, xdp, cgroup_skb, cgroup_sock, lwt_in,
/// lwt_out, lwt_xmit, sockops, sk_skb, sk_msg, cgroup_sock_addr, lwt_seg6local, sk_reuseport, flow_dissector,
/// cgroup_sysctl, sk_lookup.
@_alwaysEmitIntoClient @_transparent
public func bpf_ktime_get_coarse_ns() -> UInt64 {
  callHelper(160)
}

/// Prepares the timer of a map value; flags say which clock.
///
/// Helper 169 of the kernel. *First kernel*: 5.15. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_timer_init(_ timer: UnsafeMutableRawPointer?, _ map: UnsafeRawPointer?, _ flags: UInt64) -> Int {
  Int(truncatingIfNeeded: callHelper(169, word(timer), word(map), flags))
}

/// Sets the function that the timer calls.
///
/// Helper 170 of the kernel. *First kernel*: 5.15. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_timer_set_callback(_ timer: UnsafeMutableRawPointer?, _ callback_fn: UnsafeRawPointer?) -> Int {
  Int(truncatingIfNeeded: callHelper(170, word(timer), word(callback_fn)))
}

/// Starts the timer, to end in so many nanoseconds.
///
/// Helper 171 of the kernel. *First kernel*: 5.15. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_timer_start(_ timer: UnsafeMutableRawPointer?, _ nsecs: UInt64, _ flags: UInt64) -> Int {
  Int(truncatingIfNeeded: callHelper(171, word(timer), nsecs, flags))
}

/// Stops the timer; 1 when it was running.
///
/// Helper 172 of the kernel. *First kernel*: 5.15. *Programs*: all.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_timer_cancel(_ timer: UnsafeMutableRawPointer?) -> Int {
  Int(truncatingIfNeeded: callHelper(172, word(timer)))
}

/// Nanoseconds of international atomic time.
///
/// Helper 208 of the kernel. *First kernel*: 6.1. *Programs*: all.
@_alwaysEmitIntoClient @_transparent
public func bpf_ktime_get_tai_ns() -> UInt64 {
  callHelper(208)
}
