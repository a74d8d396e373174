// Written from functions.table by KernelFunctionTableTests: change the table, not this file.
// swift-format-ignore-file

/// The slow start threshold after a loss: half the window, 2 at least.
///
/// Function of the kernel. *First kernel*: 5.13. *Programs*: struct_ops.
@_alwaysEmitIntoClient @_transparent
public func tcp_reno_ssthresh(_ sk: UnsafeMutableRawPointer?) -> UInt32 {
  KernelFunction("u32 tcp_reno_ssthresh(struct sock *sk)")(sk)
}

/// Grows the window as Reno does.
///
/// Function of the kernel. *First kernel*: 5.13. *Programs*: struct_ops.
@_alwaysEmitIntoClient @_transparent
public func tcp_reno_cong_avoid(_ sk: UnsafeMutableRawPointer?, _ ack: UInt32, _ acked: UInt32) {
  KernelFunction("void tcp_reno_cong_avoid(struct sock *sk, u32 ack, u32 acked)")(sk, ack, acked)
}

/// The window from before a loss that was none.
///
/// Function of the kernel. *First kernel*: 5.13. *Programs*: struct_ops.
@_alwaysEmitIntoClient @_transparent
public func tcp_reno_undo_cwnd(_ sk: UnsafeMutableRawPointer?) -> UInt32 {
  KernelFunction("u32 tcp_reno_undo_cwnd(struct sock *sk)")(sk)
}

/// Grows the window by what was acknowledged, up to the threshold; what is left of that number.
///
/// Function of the kernel. *First kernel*: 5.13. *Programs*: struct_ops.
@_alwaysEmitIntoClient @_transparent
public func tcp_slow_start(_ tp: UnsafeMutableRawPointer?, _ acked: UInt32) -> UInt32 {
  KernelFunction("u32 tcp_slow_start(struct tcp_sock *tp, u32 acked)")(tp, acked)
}

/// Grows the window by one segment for each `w` that are acknowledged.
///
/// Function of the kernel. *First kernel*: 5.13. *Programs*: struct_ops.
@_alwaysEmitIntoClient @_transparent
public func tcp_cong_avoid_ai(_ tp: UnsafeMutableRawPointer?, _ w: UInt32, _ acked: UInt32) {
  KernelFunction("void tcp_cong_avoid_ai(struct tcp_sock *tp, u32 w, u32 acked)")(tp, w, acked)
}

/// Ends a socket's connection.
///
/// Function of the kernel. *First kernel*: 6.5. *Programs*: iter/tcp, iter/udp.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_sock_destroy(_ sock: UnsafeMutableRawPointer?) -> Int32 {
  KernelFunction("int bpf_sock_destroy(struct sock_common *sock)")(sock)
}
