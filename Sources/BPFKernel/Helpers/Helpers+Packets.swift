// Written from helpers.table by HelperTableTests: change the table, not this file.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

/// Writes bytes into a packet; flag 1 also corrects the checksum, 2 clears the hash.
///
/// Helper 9 of the kernel. *First kernel*: 4.1. *Programs*: tc, lwt_xmit, sk_skb.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_skb_store_bytes(
  _ skb: UnsafeRawPointer?, _ offset: UInt32, _ from: UnsafeRawPointer?, _ len: UInt32, _ flags: UInt64
) -> Int {
  Int(truncatingIfNeeded: callHelper(9, word(skb), word(offset), word(from), word(len), flags))
}

/// Corrects the checksum of an IP header for a field that changes from one value to another.
///
/// Helper 10 of the kernel. *First kernel*: 4.1. *Programs*: tc, lwt_xmit.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_l3_csum_replace(
  _ skb: UnsafeRawPointer?, _ offset: UInt32, _ from: UInt64, _ to: UInt64, _ size: UInt64
) -> Int {
  Int(truncatingIfNeeded: callHelper(10, word(skb), word(offset), from, to, size))
}

/// Corrects the checksum of a TCP or UDP header for a field that changes from one value to another.
///
/// Helper 11 of the kernel. *First kernel*: 4.1. *Programs*: tc, lwt_xmit.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_l4_csum_replace(
  _ skb: UnsafeRawPointer?, _ offset: UInt32, _ from: UInt64, _ to: UInt64, _ flags: UInt64
) -> Int {
  Int(truncatingIfNeeded: callHelper(11, word(skb), word(offset), from, to, flags))
}

/// Sends a copy of the packet to an interface.
///
/// Helper 13 of the kernel. *First kernel*: 4.2. *Programs*: tc, lwt_xmit.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_clone_redirect(_ skb: UnsafeRawPointer?, _ ifindex: UInt32, _ flags: UInt64) -> Int {
  Int(truncatingIfNeeded: callHelper(13, word(skb), word(ifindex), flags))
}

/// The `net_cls` class of the packet's task.
///
/// Helper 17 of the kernel. *First kernel*: 4.3. *Programs*: all.
@_alwaysEmitIntoClient @_transparent
public func bpf_get_cgroup_classid(_ skb: UnsafeRawPointer?) -> UInt32 {
  UInt32(truncatingIfNeeded: callHelper(17, word(skb)))
}

/// Adds a VLAN tag to a packet.
///
/// Helper 18 of the kernel. *First kernel*: 4.3. *Programs*: tc.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_skb_vlan_push(_ skb: UnsafeRawPointer?, _ vlan_proto: UInt16, _ vlan_tci: UInt16) -> Int {
  Int(truncatingIfNeeded: callHelper(18, word(skb), word(vlan_proto), word(vlan_tci)))
}

/// Takes the VLAN tag off a packet.
///
/// Helper 19 of the kernel. *First kernel*: 4.3. *Programs*: tc.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_skb_vlan_pop(_ skb: UnsafeRawPointer?) -> Int {
  Int(truncatingIfNeeded: callHelper(19, word(skb)))
}

/// Reads what the tunnel through which a packet came says of it.
///
/// Helper 20 of the kernel. *First kernel*: 4.3. *Programs*: tc, lwt_xmit.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_skb_get_tunnel_key(
  _ skb: UnsafeRawPointer?, _ key: UnsafeRawPointer?, _ size: UInt32, _ flags: UInt64
) -> Int {
  Int(truncatingIfNeeded: callHelper(20, word(skb), word(key), word(size), flags))
}

/// Says how a packet is to travel through a tunnel.
///
/// Helper 21 of the kernel. *First kernel*: 4.3. *Programs*: tc, lwt_xmit.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_skb_set_tunnel_key(
  _ skb: UnsafeRawPointer?, _ key: UnsafeRawPointer?, _ size: UInt32, _ flags: UInt64
) -> Int {
  Int(truncatingIfNeeded: callHelper(21, word(skb), word(key), word(size), flags))
}

/// Sends the packet to an interface: return the answer.
///
/// Helper 23 of the kernel. *First kernel*: 4.4. *Programs*: tc, xdp, lwt_xmit.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_redirect(_ ifindex: UInt32, _ flags: UInt64) -> Int {
  Int(truncatingIfNeeded: callHelper(23, word(ifindex), flags))
}

/// The realm of the packet's route.
///
/// Helper 24 of the kernel. *First kernel*: 4.4. *Programs*: tc, lwt_in, lwt_out, lwt_xmit, lwt_seg6local.
@_alwaysEmitIntoClient @_transparent
public func bpf_get_route_realm(_ skb: UnsafeRawPointer?) -> UInt32 {
  UInt32(truncatingIfNeeded: callHelper(24, word(skb)))
}

/// Copies bytes out of a packet, wherever they lie.
///
/// Helper 26 of the kernel. *First kernel*: 4.5. *Programs*: socket_filter, tc, cgroup_skb, lwt_in, lwt_out, lwt_xmit,
/// sk_skb, lwt_seg6local, sk_reuseport, flow_dissector.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_skb_load_bytes(
  _ skb: UnsafeRawPointer?, _ offset: UInt32, _ to: UnsafeMutableRawPointer?, _ len: UInt32
) -> Int {
  Int(truncatingIfNeeded: callHelper(26, word(skb), word(offset), word(to), word(len)))
}

/// The difference that replaced bytes make to a checksum.
///
/// Helper 28 of the kernel. *First kernel*: 4.6. *Programs*: tc, xdp, lwt_in, lwt_out, lwt_xmit, lwt_seg6local.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_csum_diff(
  _ from: UnsafeRawPointer?, _ from_size: UInt32, _ to: UnsafeMutableRawPointer?, _ to_size: UInt32, _ seed: UInt32
) -> Int64 {
  Int64(truncatingIfNeeded: callHelper(28, word(from), word(from_size), word(to), word(to_size), word(seed)))
}

/// Reads the options of the tunnel through which a packet came.
///
/// Helper 29 of the kernel. *First kernel*: 4.6. *Programs*: tc, lwt_xmit.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_skb_get_tunnel_opt(_ skb: UnsafeRawPointer?, _ opt: UnsafeMutableRawPointer?, _ size: UInt32) -> Int {
  Int(truncatingIfNeeded: callHelper(29, word(skb), word(opt), word(size)))
}

/// Sets the options of the tunnel through which a packet goes.
///
/// Helper 30 of the kernel. *First kernel*: 4.6. *Programs*: tc, lwt_xmit.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_skb_set_tunnel_opt(_ skb: UnsafeRawPointer?, _ opt: UnsafeMutableRawPointer?, _ size: UInt32) -> Int {
  Int(truncatingIfNeeded: callHelper(30, word(skb), word(opt), word(size)))
}

/// Makes an IPv4 packet one of IPv6 or the other way round, without its head's contents.
///
/// Helper 31 of the kernel. *First kernel*: 4.8. *Programs*: tc.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_skb_change_proto(_ skb: UnsafeRawPointer?, _ proto: UInt16, _ flags: UInt64) -> Int {
  Int(truncatingIfNeeded: callHelper(31, word(skb), word(proto), flags))
}

/// Changes whom a packet is for: host, broadcast, multicast, others.
///
/// Helper 32 of the kernel. *First kernel*: 4.8. *Programs*: tc.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_skb_change_type(_ skb: UnsafeRawPointer?, _ type: UInt32) -> Int {
  Int(truncatingIfNeeded: callHelper(32, word(skb), word(type)))
}

/// Whether the packet's socket is in a control group of a map, or below it.
///
/// Helper 33 of the kernel. *First kernel*: 4.8. *Programs*: tc, lwt_in, lwt_out, lwt_xmit, lwt_seg6local.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_skb_under_cgroup(_ skb: UnsafeRawPointer?, _ map: UnsafeRawPointer?, _ index: UInt32) -> Int {
  Int(truncatingIfNeeded: callHelper(33, word(skb), word(map), word(index)))
}

/// The hash of the packet's flow, computed when there is none.
///
/// Helper 34 of the kernel. *First kernel*: 4.8. *Programs*: tc, lwt_in, lwt_out, lwt_xmit, lwt_seg6local.
@_alwaysEmitIntoClient @_transparent
public func bpf_get_hash_recalc(_ skb: UnsafeRawPointer?) -> UInt32 {
  UInt32(truncatingIfNeeded: callHelper(34, word(skb)))
}

/// Cuts or grows a packet at its end.
///
/// Helper 38 of the kernel. *First kernel*: 4.9. *Programs*: tc, lwt_xmit, sk_skb.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_skb_change_tail(_ skb: UnsafeRawPointer?, _ len: UInt32, _ flags: UInt64) -> Int {
  Int(truncatingIfNeeded: callHelper(38, word(skb), word(len), flags))
}

/// Brings the packet's first bytes into one piece, so that they can be read directly.
///
/// Helper 39 of the kernel. *First kernel*: 4.9. *Programs*: tc, lwt_in, lwt_out, lwt_xmit, sk_skb, lwt_seg6local.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_skb_pull_data(_ skb: UnsafeRawPointer?, _ len: UInt32) -> Int {
  Int(truncatingIfNeeded: callHelper(39, word(skb), word(len)))
}

/// Adds to the checksum of the whole packet.
///
/// Helper 40 of the kernel. *First kernel*: 4.9. *Programs*: tc, lwt_xmit.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_csum_update(_ skb: UnsafeRawPointer?, _ csum: UInt32) -> Int64 {
  Int64(truncatingIfNeeded: callHelper(40, word(skb), word(csum)))
}

/// Has the hash of the packet's flow computed anew when it is next asked for.
///
/// Helper 41 of the kernel. *First kernel*: 4.9. *Programs*: tc, lwt_xmit.
@_alwaysEmitIntoClient @_transparent
public func bpf_set_hash_invalid(_ skb: UnsafeRawPointer?) {
  _ = callHelper(41, word(skb))
}

/// Grows a packet at its start.
///
/// Helper 43 of the kernel. *First kernel*: 4.10. *Programs*: tc, lwt_xmit, sk_skb.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_skb_change_head(_ skb: UnsafeRawPointer?, _ len: UInt32, _ flags: UInt64) -> Int {
  Int(truncatingIfNeeded: callHelper(43, word(skb), word(len), flags))
}

/// Moves the start of the packet; more room for negative numbers.
///
/// Helper 44 of the kernel. *First kernel*: 4.10. *Programs*: xdp.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_xdp_adjust_head(_ xdp_md: UnsafeRawPointer?, _ delta: Int32) -> Int {
  Int(truncatingIfNeeded: callHelper(44, word(xdp_md), word(delta)))
}

/// Sets the hash of the packet's flow.
///
/// Helper 48 of the kernel. *First kernel*: 4.13. *Programs*: tc.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_set_hash(_ skb: UnsafeRawPointer?, _ hash: UInt32) -> Int {
  Int(truncatingIfNeeded: callHelper(48, word(skb), word(hash)))
}

/// Grows or shrinks a packet behind its link or network header.
///
/// Helper 50 of the kernel. *First kernel*: 4.13. *Programs*: tc, sk_skb.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_skb_adjust_room(_ skb: UnsafeRawPointer?, _ len_diff: Int32, _ mode: UInt32, _ flags: UInt64) -> Int {
  Int(truncatingIfNeeded: callHelper(50, word(skb), word(len_diff), word(mode), flags))
}

/// Sends the packet to what a map has at a key: return the answer.
///
/// Helper 51 of the kernel. *First kernel*: 4.14. *Programs*: xdp.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_redirect_map(_ map: UnsafeRawPointer?, _ key: UInt32, _ flags: UInt64) -> Int {
  Int(truncatingIfNeeded: callHelper(51, word(map), word(key), flags))
}

/// Moves the start of the room for notes in front of the packet.
///
/// Helper 54 of the kernel. *First kernel*: 4.15. *Programs*: xdp.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_xdp_adjust_meta(_ xdp_md: UnsafeRawPointer?, _ delta: Int32) -> Int {
  Int(truncatingIfNeeded: callHelper(54, word(xdp_md), word(delta)))
}

/// Moves the end of the packet.
///
/// Helper 65 of the kernel. *First kernel*: 4.18. *Programs*: xdp.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_xdp_adjust_tail(_ xdp_md: UnsafeRawPointer?, _ delta: Int32) -> Int {
  Int(truncatingIfNeeded: callHelper(65, word(xdp_md), word(delta)))
}

/// Reads the IPsec state of a packet.
///
/// Helper 66 of the kernel. *First kernel*: 4.18. *Programs*: tc.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_skb_get_xfrm_state(
  _ skb: UnsafeRawPointer?, _ index: UInt32, _ xfrm_state: UnsafeMutableRawPointer?, _ size: UInt32, _ flags: UInt64
) -> Int {
  Int(truncatingIfNeeded: callHelper(66, word(skb), word(index), word(xfrm_state), word(size), flags))
}

/// Copies bytes out of a packet, counted from its link (0) or network (1) header.
///
/// Helper 68 of the kernel. *First kernel*: 4.18. *Programs*: socket_filter, tc, cgroup_skb, sk_reuseport.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_skb_load_bytes_relative(
  _ skb: UnsafeRawPointer?, _ offset: UInt32, _ to: UnsafeMutableRawPointer?, _ len: UInt32, _ start_header: UInt32
) -> Int {
  Int(truncatingIfNeeded: callHelper(68, word(skb), word(offset), word(to), word(len), word(start_header)))
}

/// Looks up the route and the neighbour for a packet.
///
/// Helper 69 of the kernel. *First kernel*: 4.18. *Programs*: tc, xdp.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_fib_lookup(
  _ ctx: UnsafeRawPointer?, _ params: UnsafeMutableRawPointer?, _ plen: Int32, _ flags: UInt32
) -> Int {
  Int(truncatingIfNeeded: callHelper(69, word(ctx), word(params), word(plen), word(flags)))
}

/// Wraps the packet in another header.
///
/// Helper 73 of the kernel. *First kernel*: 4.18. *Programs*: lwt_in, lwt_xmit.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_lwt_push_encap(
  _ skb: UnsafeRawPointer?, _ type: UInt32, _ hdr: UnsafeMutableRawPointer?, _ len: UInt32
) -> Int {
  Int(truncatingIfNeeded: callHelper(73, word(skb), word(type), word(hdr), word(len)))
}

/// Writes bytes into the packet's segment routing header.
///
/// Helper 74 of the kernel. *First kernel*: 4.18. *Programs*: lwt_seg6local.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_lwt_seg6_store_bytes(
  _ skb: UnsafeRawPointer?, _ offset: UInt32, _ from: UnsafeRawPointer?, _ len: UInt32
) -> Int {
  Int(truncatingIfNeeded: callHelper(74, word(skb), word(offset), word(from), word(len)))
}

/// Grows or shrinks the packet's segment routing header.
///
/// Helper 75 of the kernel. *First kernel*: 4.18. *Programs*: lwt_seg6local.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_lwt_seg6_adjust_srh(_ skb: UnsafeRawPointer?, _ offset: UInt32, _ delta: Int32) -> Int {
  Int(truncatingIfNeeded: callHelper(75, word(skb), word(offset), word(delta)))
}

/// Does an action of segment routing on the packet.
///
/// Helper 76 of the kernel. *First kernel*: 4.18. *Programs*: lwt_seg6local.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_lwt_seg6_action(
  _ skb: UnsafeRawPointer?, _ action: UInt32, _ param: UnsafeMutableRawPointer?, _ param_len: UInt32
) -> Int {
  Int(truncatingIfNeeded: callHelper(76, word(skb), word(action), word(param), word(param_len)))
}

/// The number of the control group of the packet's socket.
///
/// Helper 79 of the kernel. *First kernel*: 4.18. *Programs*: tc, cgroup_skb.
@_alwaysEmitIntoClient @_transparent
public func bpf_skb_cgroup_id(_ skb: UnsafeRawPointer?) -> UInt64 {
  callHelper(79, word(skb))
}

/// The number of an ancestor of the control group of the packet's socket; 0 is the root.
///
/// Helper 83 of the kernel. *First kernel*: 4.19. *Programs*: tc, cgroup_skb.
@_alwaysEmitIntoClient @_transparent
public func bpf_skb_ancestor_cgroup_id(_ skb: UnsafeRawPointer?, _ ancestor_level: Int32) -> UInt64 {
  callHelper(83, word(skb), word(ancestor_level))
}

/// Marks the packet as having met congestion.
///
/// Helper 97 of the kernel. *First kernel*: 5.1. *Programs*: tc, cgroup_skb.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_skb_ecn_set_ce(_ skb: UnsafeRawPointer?) -> Int {
  Int(truncatingIfNeeded: callHelper(97, word(skb)))
}

/// `bpf_perf_event_output` with the bytes of a packet, in BTF-typed programs.
///
/// Helper 111 of the kernel. *First kernel*: 5.5. *Programs*: tracing, syscall.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_skb_output(
  _ ctx: UnsafeRawPointer?, _ map: UnsafeRawPointer?, _ flags: UInt64, _ data: UnsafeRawPointer?, _ size: UInt64
) -> Int {
  Int(truncatingIfNeeded: callHelper(111, word(ctx), word(map), flags, word(data), size))
}

/// `bpf_perf_event_output` with the bytes of a packet, in BTF-typed programs.
///
/// Helper 121 of the kernel. *First kernel*: 5.7. *Programs*: tracing, syscall.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_xdp_output(
  _ ctx: UnsafeRawPointer?, _ map: UnsafeRawPointer?, _ flags: UInt64, _ data: UnsafeRawPointer?, _ size: UInt64
) -> Int {
  Int(truncatingIfNeeded: callHelper(121, word(ctx), word(map), flags, word(data), size))
}

/// Reads or changes how many checksums of a packet are known to be right.
///
/// Helper 135 of the kernel. *First kernel*: 5.8. *Programs*: tc, lwt_xmit.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_csum_level(_ skb: UnsafeRawPointer?, _ level: UInt64) -> Int {
  Int(truncatingIfNeeded: callHelper(135, word(skb), level))
}

/// The `net_cls` class of the packet's socket.
///
/// Helper 151 of the kernel. *First kernel*: 5.10. *Programs*: tc.
@_alwaysEmitIntoClient @_transparent
public func bpf_skb_cgroup_classid(_ skb: UnsafeRawPointer?) -> UInt64 {
  callHelper(151, word(skb))
}

/// Sends the packet to an interface, with the addresses of the neighbour: return the answer.
///
/// Helper 152 of the kernel. *First kernel*: 5.10. *Programs*: tc.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_redirect_neigh(
  _ ifindex: UInt32, _ params: UnsafeMutableRawPointer?, _ plen: Int32, _ flags: UInt64
) -> Int {
  Int(truncatingIfNeeded: callHelper(152, word(ifindex), word(params), word(plen), flags))
}

/// Sends the packet to the other end of a pair of interfaces: return the answer.
///
/// Helper 155 of the kernel. *First kernel*: 5.10. *Programs*: tc.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_redirect_peer(_ ifindex: UInt32, _ flags: UInt64) -> Int {
  Int(truncatingIfNeeded: callHelper(155, word(ifindex), flags))
}

/// Whether a packet fits an interface.
///
/// Helper 163 of the kernel. *First kernel*: 5.12. *Programs*: tc, xdp.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_check_mtu(
  _ ctx: UnsafeRawPointer?, _ ifindex: UInt32, _ mtu_len: UnsafeMutableRawPointer?, _ len_diff: Int32, _ flags: UInt64
) -> Int {
  Int(truncatingIfNeeded: callHelper(163, word(ctx), word(ifindex), word(mtu_len), word(len_diff), flags))
}

/// How many bytes the packet has in all its pieces.
///
/// Helper 188 of the kernel. *First kernel*: 5.18. *Programs*: xdp, tracing, syscall.
@_alwaysEmitIntoClient @_transparent
public func bpf_xdp_get_buff_len(_ xdp_md: UnsafeRawPointer?) -> UInt64 {
  callHelper(188, word(xdp_md))
}

/// Copies bytes out of a packet, wherever they lie.
///
/// Helper 189 of the kernel. *First kernel*: 5.18. *Programs*: xdp.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_xdp_load_bytes(
  _ xdp_md: UnsafeRawPointer?, _ offset: UInt32, _ buf: UnsafeMutableRawPointer?, _ len: UInt32
) -> Int {
  Int(truncatingIfNeeded: callHelper(189, word(xdp_md), word(offset), word(buf), word(len)))
}

/// Writes bytes into a packet, wherever they lie.
///
/// Helper 190 of the kernel. *First kernel*: 5.18. *Programs*: xdp.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_xdp_store_bytes(
  _ xdp_md: UnsafeRawPointer?, _ offset: UInt32, _ buf: UnsafeMutableRawPointer?, _ len: UInt32
) -> Int {
  Int(truncatingIfNeeded: callHelper(190, word(xdp_md), word(offset), word(buf), word(len)))
}

/// Sets the time of a packet and which clock it is of.
///
/// Helper 192 of the kernel. *First kernel*: 5.18. *Programs*: tc.
@discardableResult
@_alwaysEmitIntoClient @_transparent
public func bpf_skb_set_tstamp(_ skb: UnsafeRawPointer?, _ tstamp: UInt64, _ tstamp_type: UInt32) -> Int {
  Int(truncatingIfNeeded: callHelper(192, word(skb), tstamp, word(tstamp_type)))
}
