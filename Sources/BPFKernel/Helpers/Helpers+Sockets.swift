// Written from helpers.table by HelperTableTests: change the table, not this file.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

/// A number that tells the socket apart from all others, until the machine stops.
///
/// Helper 46 of the kernel. *First kernel*: 4.12. *Programs*: socket_filter, tc, cgroup_skb, cgroup_sock, sockops,
/// sk_skb, cgroup_sock_addr, sk_reuseport, tracing, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_get_socket_cookie(_ ctx: UnsafeRawPointer?) -> UInt64 {
  callHelper(46, word(ctx))
}

/// The user to whom the packet's socket belongs.
///
/// Helper 47 of the kernel. *First kernel*: 4.12. *Programs*: socket_filter, tc, cgroup_skb, sk_skb.
@_alwaysEmitIntoClient @_transparent
public func bpf_get_socket_uid(_ skb: UnsafeRawPointer?) -> UInt32 {
  UInt32(truncatingIfNeeded: callHelper(47, word(skb)))
}

/// Sets an option of a socket.
///
/// Helper 49 of the kernel. *First kernel*: 4.13. *Programs*: sockops, cgroup_sock_addr.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_setsockopt(
  _ bpf_socket: UnsafeRawPointer?, _ level: Int32, _ optname: Int32, _ optval: UnsafeMutableRawPointer?, _ optlen: Int32
) -> Int {
  Int(truncatingIfNeeded: callHelper(49, word(bpf_socket), word(level), word(optname), word(optval), word(optlen)))
}

/// Sends the packet to a socket of a map: return the answer.
///
/// Helper 52 of the kernel. *First kernel*: 4.14. *Programs*: sk_skb.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_sk_redirect_map(
  _ skb: UnsafeRawPointer?, _ map: UnsafeRawPointer?, _ key: UInt32, _ flags: UInt64
) -> Int {
  Int(truncatingIfNeeded: callHelper(52, word(skb), word(map), word(key), flags))
}

/// Stores the socket in a map of sockets.
///
/// Helper 53 of the kernel. *First kernel*: 4.14. *Programs*: sockops.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_sock_map_update(
  _ skops: UnsafeRawPointer?, _ map: UnsafeRawPointer?, _ key: UnsafeRawPointer?, _ flags: UInt64
) -> Int {
  Int(truncatingIfNeeded: callHelper(53, word(skops), word(map), word(key), flags))
}

/// Reads an option of a socket.
///
/// Helper 57 of the kernel. *First kernel*: 4.15. *Programs*: sockops, cgroup_sock_addr.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_getsockopt(
  _ bpf_socket: UnsafeRawPointer?, _ level: Int32, _ optname: Int32, _ optval: UnsafeMutableRawPointer?, _ optlen: Int32
) -> Int {
  Int(truncatingIfNeeded: callHelper(57, word(bpf_socket), word(level), word(optname), word(optval), word(optlen)))
}

/// Chooses at which further events the program is called.
///
/// Helper 59 of the kernel. *First kernel*: 4.16. *Programs*: sockops.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_sock_ops_cb_flags_set(_ bpf_sock: UnsafeRawPointer?, _ argval: Int32) -> Int {
  Int(truncatingIfNeeded: callHelper(59, word(bpf_sock), word(argval)))
}

/// Sends the message to a socket of a map: return the answer.
///
/// Helper 60 of the kernel. *First kernel*: 4.17. *Programs*: sk_msg.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_msg_redirect_map(
  _ msg: UnsafeRawPointer?, _ map: UnsafeRawPointer?, _ key: UInt32, _ flags: UInt64
) -> Int {
  Int(truncatingIfNeeded: callHelper(60, word(msg), word(map), word(key), flags))
}

/// Has the verdict hold for so many bytes.
///
/// Helper 61 of the kernel. *First kernel*: 4.17. *Programs*: sk_msg.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_msg_apply_bytes(_ msg: UnsafeRawPointer?, _ bytes: UInt32) -> Int {
  Int(truncatingIfNeeded: callHelper(61, word(msg), word(bytes)))
}

/// Has the program called again only when so many bytes have come.
///
/// Helper 62 of the kernel. *First kernel*: 4.17. *Programs*: sk_msg.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_msg_cork_bytes(_ msg: UnsafeRawPointer?, _ bytes: UInt32) -> Int {
  Int(truncatingIfNeeded: callHelper(62, word(msg), word(bytes)))
}

/// Brings bytes of the message into one piece, so that they can be read directly.
///
/// Helper 63 of the kernel. *First kernel*: 4.17. *Programs*: sk_msg.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_msg_pull_data(_ msg: UnsafeRawPointer?, _ start: UInt32, _ end: UInt32, _ flags: UInt64) -> Int {
  Int(truncatingIfNeeded: callHelper(63, word(msg), word(start), word(end), flags))
}

/// Binds the socket to an address, as before a connection.
///
/// Helper 64 of the kernel. *First kernel*: 4.17. *Programs*: cgroup_sock_addr.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_bind(_ ctx: UnsafeRawPointer?, _ addr: UnsafeMutableRawPointer?, _ addr_len: Int32) -> Int {
  Int(truncatingIfNeeded: callHelper(64, word(ctx), word(addr), word(addr_len)))
}

/// Stores the socket in a hash table of sockets.
///
/// Helper 70 of the kernel. *First kernel*: 4.18. *Programs*: sockops.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_sock_hash_update(
  _ skops: UnsafeRawPointer?, _ map: UnsafeRawPointer?, _ key: UnsafeRawPointer?, _ flags: UInt64
) -> Int {
  Int(truncatingIfNeeded: callHelper(70, word(skops), word(map), word(key), flags))
}

/// Sends the message to a socket of a hash table: return the answer.
///
/// Helper 71 of the kernel. *First kernel*: 4.18. *Programs*: sk_msg.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_msg_redirect_hash(
  _ msg: UnsafeRawPointer?, _ map: UnsafeRawPointer?, _ key: UnsafeRawPointer?, _ flags: UInt64
) -> Int {
  Int(truncatingIfNeeded: callHelper(71, word(msg), word(map), word(key), flags))
}

/// Sends the packet to a socket of a hash table: return the answer.
///
/// Helper 72 of the kernel. *First kernel*: 4.18. *Programs*: sk_skb.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_sk_redirect_hash(
  _ skb: UnsafeRawPointer?, _ map: UnsafeRawPointer?, _ key: UnsafeRawPointer?, _ flags: UInt64
) -> Int {
  Int(truncatingIfNeeded: callHelper(72, word(skb), word(map), word(key), flags))
}

/// Chooses the socket of a map that gets the packet.
///
/// Helper 82 of the kernel. *First kernel*: 4.19. *Programs*: sk_reuseport.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_sk_select_reuseport(
  _ reuse: UnsafeRawPointer?, _ map: UnsafeRawPointer?, _ key: UnsafeRawPointer?, _ flags: UInt64
) -> Int {
  Int(truncatingIfNeeded: callHelper(82, word(reuse), word(map), word(key), flags))
}

/// Looks for a TCP socket; what is found must be released.
///
/// Helper 84 of the kernel. *First kernel*: 4.20. *Programs*: tc, xdp, cgroup_skb, sk_skb, cgroup_sock_addr.
@_alwaysEmitIntoClient @_transparent
public func bpf_sk_lookup_tcp(
  _ ctx: UnsafeRawPointer?, _ tuple: UnsafeRawPointer?, _ tuple_size: UInt32, _ netns: UInt64, _ flags: UInt64
) -> UnsafeMutableRawPointer? {
  pointer(callHelper(84, word(ctx), word(tuple), word(tuple_size), netns, flags))
}

/// Looks for a UDP socket; what is found must be released.
///
/// Helper 85 of the kernel. *First kernel*: 4.20. *Programs*: tc, xdp, cgroup_skb, sk_skb, cgroup_sock_addr.
@_alwaysEmitIntoClient @_transparent
public func bpf_sk_lookup_udp(
  _ ctx: UnsafeRawPointer?, _ tuple: UnsafeRawPointer?, _ tuple_size: UInt32, _ netns: UInt64, _ flags: UInt64
) -> UnsafeMutableRawPointer? {
  pointer(callHelper(85, word(ctx), word(tuple), word(tuple_size), netns, flags))
}

/// Gives back a socket that was looked up.
///
/// Helper 86 of the kernel. *First kernel*: 4.20. *Programs*: tc, xdp, cgroup_skb, sk_skb, cgroup_sock_addr, sk_lookup.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_sk_release(_ sock: UnsafeMutableRawPointer?) -> Int {
  Int(truncatingIfNeeded: callHelper(86, word(sock)))
}

/// Makes room in a message.
///
/// Helper 90 of the kernel. *First kernel*: 4.20. *Programs*: sk_msg.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_msg_push_data(_ msg: UnsafeRawPointer?, _ start: UInt32, _ len: UInt32, _ flags: UInt64) -> Int {
  Int(truncatingIfNeeded: callHelper(90, word(msg), word(start), word(len), flags))
}

/// Takes bytes out of a message.
///
/// Helper 91 of the kernel. *First kernel*: 5.0. *Programs*: sk_msg.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_msg_pop_data(_ msg: UnsafeRawPointer?, _ start: UInt32, _ len: UInt32, _ flags: UInt64) -> Int {
  Int(truncatingIfNeeded: callHelper(91, word(msg), word(start), word(len), flags))
}

/// The socket itself, or nil when it is but the remains of one.
///
/// Helper 95 of the kernel. *First kernel*: 5.1. *Programs*: tc, cgroup_skb.
@_alwaysEmitIntoClient @_transparent
public func bpf_sk_fullsock(_ sk: UnsafeRawPointer?) -> UnsafeMutableRawPointer? {
  pointer(callHelper(95, word(sk)))
}

/// What TCP knows of a socket, or nil.
///
/// Helper 96 of the kernel. *First kernel*: 5.1. *Programs*: tc, cgroup_skb, sockops, cgroup_sockopt.
@_alwaysEmitIntoClient @_transparent
public func bpf_tcp_sock(_ sk: UnsafeRawPointer?) -> UnsafeMutableRawPointer? {
  pointer(callHelper(96, word(sk)))
}

/// The listening socket to which a socket belongs, or nil.
///
/// Helper 98 of the kernel. *First kernel*: 5.1. *Programs*: tc, cgroup_skb.
@_alwaysEmitIntoClient @_transparent
public func bpf_get_listener_sock(_ sk: UnsafeRawPointer?) -> UnsafeMutableRawPointer? {
  pointer(callHelper(98, word(sk)))
}

/// Looks for a TCP socket, also one in the making; what is found must be released.
///
/// Helper 99 of the kernel. *First kernel*: 5.2. *Programs*: tc, xdp, cgroup_skb, sk_skb, cgroup_sock_addr.
@_alwaysEmitIntoClient @_transparent
public func bpf_skc_lookup_tcp(
  _ ctx: UnsafeRawPointer?, _ tuple: UnsafeRawPointer?, _ tuple_size: UInt32, _ netns: UInt64, _ flags: UInt64
) -> UnsafeMutableRawPointer? {
  pointer(callHelper(99, word(ctx), word(tuple), word(tuple_size), netns, flags))
}

/// Whether an acknowledgment carries a valid cookie.
///
/// Helper 100 of the kernel. *First kernel*: 5.2. *Programs*: tc, xdp.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_tcp_check_syncookie(
  _ sk: UnsafeRawPointer?, _ iph: UnsafeRawPointer?, _ iph_len: UInt32, _ th: UnsafeRawPointer?, _ th_len: UInt32
) -> Int {
  Int(truncatingIfNeeded: callHelper(100, word(sk), word(iph), word(iph_len), word(th), word(th_len)))
}

/// Makes a cookie for a connection that begins.
///
/// Helper 110 of the kernel. *First kernel*: 5.3. *Programs*: tc, xdp.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_tcp_gen_syncookie(
  _ sk: UnsafeRawPointer?, _ iph: UnsafeRawPointer?, _ iph_len: UInt32, _ th: UnsafeRawPointer?, _ th_len: UInt32
) -> Int64 {
  Int64(truncatingIfNeeded: callHelper(110, word(sk), word(iph), word(iph_len), word(th), word(th_len)))
}

/// Sends an acknowledgment.
///
/// Helper 116 of the kernel. *First kernel*: 5.6. *Programs*: struct_ops.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_tcp_send_ack(_ tp: UnsafeRawPointer?, _ rcv_nxt: UInt32) -> Int {
  Int(truncatingIfNeeded: callHelper(116, word(tp), word(rcv_nxt)))
}

/// A number that tells the network namespace apart from all others.
///
/// Helper 122 of the kernel. *First kernel*: 5.7. *Programs*: socket_filter, tc, cgroup_skb, cgroup_sock, sockops,
/// sk_msg, cgroup_sock_addr, cgroup_sockopt.
@_alwaysEmitIntoClient @_transparent
public func bpf_get_netns_cookie(_ ctx: UnsafeRawPointer?) -> UInt64 {
  callHelper(122, word(ctx))
}

/// Gives the packet to a socket.
///
/// Helper 124 of the kernel. *First kernel*: 5.7. *Programs*: tc, sk_lookup.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_sk_assign(_ ctx: UnsafeRawPointer?, _ sk: UnsafeRawPointer?, _ flags: UInt64) -> Int {
  Int(truncatingIfNeeded: callHelper(124, word(ctx), word(sk), flags))
}

/// The number of a socket's control group.
///
/// Helper 128 of the kernel. *First kernel*: 5.8. *Programs*: cgroup_skb.
@_alwaysEmitIntoClient @_transparent
public func bpf_sk_cgroup_id(_ sk: UnsafeRawPointer?) -> UInt64 {
  callHelper(128, word(sk))
}

/// The number of an ancestor of a socket's control group; 0 is the root.
///
/// Helper 129 of the kernel. *First kernel*: 5.8. *Programs*: cgroup_skb.
@_alwaysEmitIntoClient @_transparent
public func bpf_sk_ancestor_cgroup_id(_ sk: UnsafeRawPointer?, _ ancestor_level: Int32) -> UInt64 {
  callHelper(129, word(sk), word(ancestor_level))
}

/// The socket as one of TCP over IPv6, or nil.
///
/// Helper 136 of the kernel. *First kernel*: 5.9. *Programs*: socket_filter, tc, xdp, cgroup_skb, lwt_in, lwt_out,
/// lwt_xmit, sockops, sk_skb, sk_msg, cgroup_sock_addr, lwt_seg6local, flow_dissector, tracing, sk_lookup, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_skc_to_tcp6_sock(_ sk: UnsafeRawPointer?) -> UnsafeMutableRawPointer? {
  pointer(callHelper(136, word(sk)))
}

/// The socket as one of TCP, or nil.
///
/// Helper 137 of the kernel. *First kernel*: 5.9. *Programs*: socket_filter, tc, xdp, cgroup_skb, lwt_in, lwt_out,
/// lwt_xmit, sockops, sk_skb, sk_msg, cgroup_sock_addr, lwt_seg6local, flow_dissector, tracing, sk_lookup, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_skc_to_tcp_sock(_ sk: UnsafeRawPointer?) -> UnsafeMutableRawPointer? {
  pointer(callHelper(137, word(sk)))
}

/// The socket as one that waits after its end, or nil.
///
/// Helper 138 of the kernel. *First kernel*: 5.9. *Programs*: socket_filter, tc, xdp, cgroup_skb, lwt_in, lwt_out,
/// lwt_xmit, sockops, sk_skb, sk_msg, cgroup_sock_addr, lwt_seg6local, flow_dissector, tracing, sk_lookup, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_skc_to_tcp_timewait_sock(_ sk: UnsafeRawPointer?) -> UnsafeMutableRawPointer? {
  pointer(callHelper(138, word(sk)))
}

/// The socket as one in the making, or nil.
///
/// Helper 139 of the kernel. *First kernel*: 5.9. *Programs*: socket_filter, tc, xdp, cgroup_skb, lwt_in, lwt_out,
/// lwt_xmit, sockops, sk_skb, sk_msg, cgroup_sock_addr, lwt_seg6local, flow_dissector, tracing, sk_lookup, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_skc_to_tcp_request_sock(_ sk: UnsafeRawPointer?) -> UnsafeMutableRawPointer? {
  pointer(callHelper(139, word(sk)))
}

/// The socket as one of UDP over IPv6, or nil.
///
/// Helper 140 of the kernel. *First kernel*: 5.9. *Programs*: socket_filter, tc, xdp, cgroup_skb, lwt_in, lwt_out,
/// lwt_xmit, sockops, sk_skb, sk_msg, cgroup_sock_addr, lwt_seg6local, flow_dissector, tracing, sk_lookup, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_skc_to_udp6_sock(_ sk: UnsafeRawPointer?) -> UnsafeMutableRawPointer? {
  pointer(callHelper(140, word(sk)))
}

/// Reads an option of a TCP header.
///
/// Helper 142 of the kernel. *First kernel*: 5.10. *Programs*: sockops.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_load_hdr_opt(
  _ skops: UnsafeRawPointer?, _ searchby_res: UnsafeMutableRawPointer?, _ len: UInt32, _ flags: UInt64
) -> Int {
  Int(truncatingIfNeeded: callHelper(142, word(skops), word(searchby_res), word(len), flags))
}

/// Writes an option of a TCP header.
///
/// Helper 143 of the kernel. *First kernel*: 5.10. *Programs*: sockops.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_store_hdr_opt(
  _ skops: UnsafeRawPointer?, _ from: UnsafeRawPointer?, _ len: UInt32, _ flags: UInt64
) -> Int {
  Int(truncatingIfNeeded: callHelper(143, word(skops), word(from), word(len), flags))
}

/// Makes room for an option of a TCP header.
///
/// Helper 144 of the kernel. *First kernel*: 5.10. *Programs*: sockops.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_reserve_hdr_opt(_ skops: UnsafeRawPointer?, _ len: UInt32, _ flags: UInt64) -> Int {
  Int(truncatingIfNeeded: callHelper(144, word(skops), word(len), flags))
}

/// The socket behind a file, or nil.
///
/// Helper 162 of the kernel. *First kernel*: 5.11. *Programs*: tracing, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_sock_from_file(_ file: UnsafeRawPointer?) -> UnsafeMutableRawPointer? {
  pointer(callHelper(162, word(file)))
}

/// The socket as one of a Unix domain, or nil.
///
/// Helper 178 of the kernel. *First kernel*: 5.16. *Programs*: socket_filter, tc, xdp, cgroup_skb, lwt_in, lwt_out,
/// lwt_xmit, sockops, sk_skb, sk_msg, cgroup_sock_addr, lwt_seg6local, flow_dissector, tracing, sk_lookup, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_skc_to_unix_sock(_ sk: UnsafeRawPointer?) -> UnsafeMutableRawPointer? {
  pointer(callHelper(178, word(sk)))
}

/// The socket as one of multipath TCP, or nil.
///
/// Helper 196 of the kernel. *First kernel*: 5.19. *Programs*: socket_filter, tc, xdp, cgroup_skb, lwt_in, lwt_out,
/// lwt_xmit, sockops, sk_skb, sk_msg, cgroup_sock_addr, lwt_seg6local, flow_dissector, tracing, sk_lookup, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_skc_to_mptcp_sock(_ sk: UnsafeRawPointer?) -> UnsafeMutableRawPointer? {
  pointer(callHelper(196, word(sk)))
}

/// Makes a cookie for a connection that begins, without a socket.
///
/// Helper 204 of the kernel. *First kernel*: 6.0. *Programs*: tc, xdp.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_tcp_raw_gen_syncookie_ipv4(
  _ iph: UnsafeRawPointer?, _ th: UnsafeRawPointer?, _ th_len: UInt32
) -> Int64 {
  Int64(truncatingIfNeeded: callHelper(204, word(iph), word(th), word(th_len)))
}

/// Makes a cookie for a connection that begins over IPv6, without a socket.
///
/// Helper 205 of the kernel. *First kernel*: 6.0. *Programs*: tc, xdp.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_tcp_raw_gen_syncookie_ipv6(
  _ iph: UnsafeRawPointer?, _ th: UnsafeRawPointer?, _ th_len: UInt32
) -> Int64 {
  Int64(truncatingIfNeeded: callHelper(205, word(iph), word(th), word(th_len)))
}

/// Whether an acknowledgment carries a valid cookie, without a socket.
///
/// Helper 206 of the kernel. *First kernel*: 6.0. *Programs*: tc, xdp.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_tcp_raw_check_syncookie_ipv4(_ iph: UnsafeRawPointer?, _ th: UnsafeRawPointer?) -> Int {
  Int(truncatingIfNeeded: callHelper(206, word(iph), word(th)))
}

/// Whether an acknowledgment over IPv6 carries a valid cookie, without a socket.
///
/// Helper 207 of the kernel. *First kernel*: 6.0. *Programs*: tc, xdp.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_tcp_raw_check_syncookie_ipv6(_ iph: UnsafeRawPointer?, _ th: UnsafeRawPointer?) -> Int {
  Int(truncatingIfNeeded: callHelper(207, word(iph), word(th)))
}
