extension HelperFunction {
  /// `bpf_map_lookup_elem`.
  public static var mapLookupElem: Self { Self(rawValue: 1) }
  /// `bpf_map_update_elem`.
  public static var mapUpdateElem: Self { Self(rawValue: 2) }
  /// `bpf_map_delete_elem`.
  public static var mapDeleteElem: Self { Self(rawValue: 3) }
  /// `bpf_probe_read`.
  public static var probeRead: Self { Self(rawValue: 4) }
  /// `bpf_ktime_get_ns`.
  public static var ktimeGetNs: Self { Self(rawValue: 5) }
  /// `bpf_trace_printk`.
  public static var tracePrintk: Self { Self(rawValue: 6) }
  /// `bpf_get_prandom_u32`.
  public static var getPrandomU32: Self { Self(rawValue: 7) }
  /// `bpf_get_smp_processor_id`.
  public static var getSmpProcessorId: Self { Self(rawValue: 8) }
  /// `bpf_skb_store_bytes`.
  public static var skbStoreBytes: Self { Self(rawValue: 9) }
  /// `bpf_l3_csum_replace`.
  public static var l3CsumReplace: Self { Self(rawValue: 10) }
  /// `bpf_l4_csum_replace`.
  public static var l4CsumReplace: Self { Self(rawValue: 11) }
  /// `bpf_tail_call`.
  public static var tailCall: Self { Self(rawValue: 12) }
  /// `bpf_clone_redirect`.
  public static var cloneRedirect: Self { Self(rawValue: 13) }
  /// `bpf_get_current_pid_tgid`.
  public static var getCurrentPidTgid: Self { Self(rawValue: 14) }
  /// `bpf_get_current_uid_gid`.
  public static var getCurrentUidGid: Self { Self(rawValue: 15) }
  /// `bpf_get_current_comm`.
  public static var getCurrentComm: Self { Self(rawValue: 16) }
  /// `bpf_get_cgroup_classid`.
  public static var getCgroupClassid: Self { Self(rawValue: 17) }
  /// `bpf_skb_vlan_push`.
  public static var skbVlanPush: Self { Self(rawValue: 18) }
  /// `bpf_skb_vlan_pop`.
  public static var skbVlanPop: Self { Self(rawValue: 19) }
  /// `bpf_skb_get_tunnel_key`.
  public static var skbGetTunnelKey: Self { Self(rawValue: 20) }
  /// `bpf_skb_set_tunnel_key`.
  public static var skbSetTunnelKey: Self { Self(rawValue: 21) }
  /// `bpf_perf_event_read`.
  public static var perfEventRead: Self { Self(rawValue: 22) }
  /// `bpf_redirect`.
  public static var redirect: Self { Self(rawValue: 23) }
  /// `bpf_get_route_realm`.
  public static var getRouteRealm: Self { Self(rawValue: 24) }
  /// `bpf_perf_event_output`.
  public static var perfEventOutput: Self { Self(rawValue: 25) }
  /// `bpf_skb_load_bytes`.
  public static var skbLoadBytes: Self { Self(rawValue: 26) }
  /// `bpf_get_stackid`.
  public static var getStackid: Self { Self(rawValue: 27) }
  /// `bpf_csum_diff`.
  public static var csumDiff: Self { Self(rawValue: 28) }
  /// `bpf_skb_get_tunnel_opt`.
  public static var skbGetTunnelOpt: Self { Self(rawValue: 29) }
  /// `bpf_skb_set_tunnel_opt`.
  public static var skbSetTunnelOpt: Self { Self(rawValue: 30) }
  /// `bpf_skb_change_proto`.
  public static var skbChangeProto: Self { Self(rawValue: 31) }
  /// `bpf_skb_change_type`.
  public static var skbChangeType: Self { Self(rawValue: 32) }
  /// `bpf_skb_under_cgroup`.
  public static var skbUnderCgroup: Self { Self(rawValue: 33) }
  /// `bpf_get_hash_recalc`.
  public static var getHashRecalc: Self { Self(rawValue: 34) }
  /// `bpf_get_current_task`.
  public static var getCurrentTask: Self { Self(rawValue: 35) }
  /// `bpf_probe_write_user`.
  public static var probeWriteUser: Self { Self(rawValue: 36) }
  /// `bpf_current_task_under_cgroup`.
  public static var currentTaskUnderCgroup: Self { Self(rawValue: 37) }
  /// `bpf_skb_change_tail`.
  public static var skbChangeTail: Self { Self(rawValue: 38) }
  /// `bpf_skb_pull_data`.
  public static var skbPullData: Self { Self(rawValue: 39) }
  /// `bpf_csum_update`.
  public static var csumUpdate: Self { Self(rawValue: 40) }
  /// `bpf_set_hash_invalid`.
  public static var setHashInvalid: Self { Self(rawValue: 41) }
  /// `bpf_get_numa_node_id`.
  public static var getNumaNodeId: Self { Self(rawValue: 42) }
  /// `bpf_skb_change_head`.
  public static var skbChangeHead: Self { Self(rawValue: 43) }
  /// `bpf_xdp_adjust_head`.
  public static var xdpAdjustHead: Self { Self(rawValue: 44) }
  /// `bpf_probe_read_str`.
  public static var probeReadStr: Self { Self(rawValue: 45) }
  /// `bpf_get_socket_cookie`.
  public static var getSocketCookie: Self { Self(rawValue: 46) }
  /// `bpf_get_socket_uid`.
  public static var getSocketUid: Self { Self(rawValue: 47) }
  /// `bpf_set_hash`.
  public static var setHash: Self { Self(rawValue: 48) }
  /// `bpf_setsockopt`.
  public static var setsockopt: Self { Self(rawValue: 49) }
  /// `bpf_skb_adjust_room`.
  public static var skbAdjustRoom: Self { Self(rawValue: 50) }
  /// `bpf_redirect_map`.
  public static var redirectMap: Self { Self(rawValue: 51) }
  /// `bpf_sk_redirect_map`.
  public static var skRedirectMap: Self { Self(rawValue: 52) }
  /// `bpf_sock_map_update`.
  public static var sockMapUpdate: Self { Self(rawValue: 53) }
  /// `bpf_xdp_adjust_meta`.
  public static var xdpAdjustMeta: Self { Self(rawValue: 54) }
  /// `bpf_perf_event_read_value`.
  public static var perfEventReadValue: Self { Self(rawValue: 55) }
  /// `bpf_perf_prog_read_value`.
  public static var perfProgReadValue: Self { Self(rawValue: 56) }
  /// `bpf_getsockopt`.
  public static var getsockopt: Self { Self(rawValue: 57) }
  /// `bpf_override_return`.
  public static var overrideReturn: Self { Self(rawValue: 58) }
  /// `bpf_sock_ops_cb_flags_set`.
  public static var sockOpsCbFlagsSet: Self { Self(rawValue: 59) }
  /// `bpf_msg_redirect_map`.
  public static var msgRedirectMap: Self { Self(rawValue: 60) }
  /// `bpf_msg_apply_bytes`.
  public static var msgApplyBytes: Self { Self(rawValue: 61) }
  /// `bpf_msg_cork_bytes`.
  public static var msgCorkBytes: Self { Self(rawValue: 62) }
  /// `bpf_msg_pull_data`.
  public static var msgPullData: Self { Self(rawValue: 63) }
  /// `bpf_bind`.
  public static var bind: Self { Self(rawValue: 64) }
  /// `bpf_xdp_adjust_tail`.
  public static var xdpAdjustTail: Self { Self(rawValue: 65) }
  /// `bpf_skb_get_xfrm_state`.
  public static var skbGetXfrmState: Self { Self(rawValue: 66) }
  /// `bpf_get_stack`.
  public static var getStack: Self { Self(rawValue: 67) }
  /// `bpf_skb_load_bytes_relative`.
  public static var skbLoadBytesRelative: Self { Self(rawValue: 68) }
  /// `bpf_fib_lookup`.
  public static var fibLookup: Self { Self(rawValue: 69) }
  /// `bpf_sock_hash_update`.
  public static var sockHashUpdate: Self { Self(rawValue: 70) }
  /// `bpf_msg_redirect_hash`.
  public static var msgRedirectHash: Self { Self(rawValue: 71) }
  /// `bpf_sk_redirect_hash`.
  public static var skRedirectHash: Self { Self(rawValue: 72) }
  /// `bpf_lwt_push_encap`.
  public static var lwtPushEncap: Self { Self(rawValue: 73) }
  /// `bpf_lwt_seg6_store_bytes`.
  public static var lwtSeg6StoreBytes: Self { Self(rawValue: 74) }
  /// `bpf_lwt_seg6_adjust_srh`.
  public static var lwtSeg6AdjustSrh: Self { Self(rawValue: 75) }
  /// `bpf_lwt_seg6_action`.
  public static var lwtSeg6Action: Self { Self(rawValue: 76) }
  /// `bpf_rc_repeat`.
  public static var rcRepeat: Self { Self(rawValue: 77) }
  /// `bpf_rc_keydown`.
  public static var rcKeydown: Self { Self(rawValue: 78) }
  /// `bpf_skb_cgroup_id`.
  public static var skbCgroupId: Self { Self(rawValue: 79) }
  /// `bpf_get_current_cgroup_id`.
  public static var getCurrentCgroupId: Self { Self(rawValue: 80) }
  /// `bpf_get_local_storage`.
  public static var getLocalStorage: Self { Self(rawValue: 81) }
  /// `bpf_sk_select_reuseport`.
  public static var skSelectReuseport: Self { Self(rawValue: 82) }
  /// `bpf_skb_ancestor_cgroup_id`.
  public static var skbAncestorCgroupId: Self { Self(rawValue: 83) }
  /// `bpf_sk_lookup_tcp`.
  public static var skLookupTcp: Self { Self(rawValue: 84) }
  /// `bpf_sk_lookup_udp`.
  public static var skLookupUdp: Self { Self(rawValue: 85) }
  /// `bpf_sk_release`.
  public static var skRelease: Self { Self(rawValue: 86) }
  /// `bpf_map_push_elem`.
  public static var mapPushElem: Self { Self(rawValue: 87) }
  /// `bpf_map_pop_elem`.
  public static var mapPopElem: Self { Self(rawValue: 88) }
  /// `bpf_map_peek_elem`.
  public static var mapPeekElem: Self { Self(rawValue: 89) }
  /// `bpf_msg_push_data`.
  public static var msgPushData: Self { Self(rawValue: 90) }
  /// `bpf_msg_pop_data`.
  public static var msgPopData: Self { Self(rawValue: 91) }
  /// `bpf_rc_pointer_rel`.
  public static var rcPointerRel: Self { Self(rawValue: 92) }
  /// `bpf_spin_lock`.
  public static var spinLock: Self { Self(rawValue: 93) }
  /// `bpf_spin_unlock`.
  public static var spinUnlock: Self { Self(rawValue: 94) }
  /// `bpf_sk_fullsock`.
  public static var skFullsock: Self { Self(rawValue: 95) }
  /// `bpf_tcp_sock`.
  public static var tcpSock: Self { Self(rawValue: 96) }
  /// `bpf_skb_ecn_set_ce`.
  public static var skbEcnSetCe: Self { Self(rawValue: 97) }
  /// `bpf_get_listener_sock`.
  public static var getListenerSock: Self { Self(rawValue: 98) }
  /// `bpf_skc_lookup_tcp`.
  public static var skcLookupTcp: Self { Self(rawValue: 99) }
  /// `bpf_tcp_check_syncookie`.
  public static var tcpCheckSyncookie: Self { Self(rawValue: 100) }
  /// `bpf_sysctl_get_name`.
  public static var sysctlGetName: Self { Self(rawValue: 101) }
  /// `bpf_sysctl_get_current_value`.
  public static var sysctlGetCurrentValue: Self { Self(rawValue: 102) }
  /// `bpf_sysctl_get_new_value`.
  public static var sysctlGetNewValue: Self { Self(rawValue: 103) }
  /// `bpf_sysctl_set_new_value`.
  public static var sysctlSetNewValue: Self { Self(rawValue: 104) }
  /// `bpf_strtol`.
  public static var strtol: Self { Self(rawValue: 105) }
  /// `bpf_strtoul`.
  public static var strtoul: Self { Self(rawValue: 106) }
  /// `bpf_sk_storage_get`.
  public static var skStorageGet: Self { Self(rawValue: 107) }
  /// `bpf_sk_storage_delete`.
  public static var skStorageDelete: Self { Self(rawValue: 108) }
  /// `bpf_send_signal`.
  public static var sendSignal: Self { Self(rawValue: 109) }
  /// `bpf_tcp_gen_syncookie`.
  public static var tcpGenSyncookie: Self { Self(rawValue: 110) }
  /// `bpf_skb_output`.
  public static var skbOutput: Self { Self(rawValue: 111) }
  /// `bpf_probe_read_user`.
  public static var probeReadUser: Self { Self(rawValue: 112) }
  /// `bpf_probe_read_kernel`.
  public static var probeReadKernel: Self { Self(rawValue: 113) }
  /// `bpf_probe_read_user_str`.
  public static var probeReadUserStr: Self { Self(rawValue: 114) }
  /// `bpf_probe_read_kernel_str`.
  public static var probeReadKernelStr: Self { Self(rawValue: 115) }
  /// `bpf_tcp_send_ack`.
  public static var tcpSendAck: Self { Self(rawValue: 116) }
  /// `bpf_send_signal_thread`.
  public static var sendSignalThread: Self { Self(rawValue: 117) }
  /// `bpf_jiffies64`.
  public static var jiffies64: Self { Self(rawValue: 118) }
  /// `bpf_read_branch_records`.
  public static var readBranchRecords: Self { Self(rawValue: 119) }
  /// `bpf_get_ns_current_pid_tgid`.
  public static var getNsCurrentPidTgid: Self { Self(rawValue: 120) }
  /// `bpf_xdp_output`.
  public static var xdpOutput: Self { Self(rawValue: 121) }
  /// `bpf_get_netns_cookie`.
  public static var getNetnsCookie: Self { Self(rawValue: 122) }
  /// `bpf_get_current_ancestor_cgroup_id`.
  public static var getCurrentAncestorCgroupId: Self { Self(rawValue: 123) }
  /// `bpf_sk_assign`.
  public static var skAssign: Self { Self(rawValue: 124) }
  /// `bpf_ktime_get_boot_ns`.
  public static var ktimeGetBootNs: Self { Self(rawValue: 125) }
  /// `bpf_seq_printf`.
  public static var seqPrintf: Self { Self(rawValue: 126) }
  /// `bpf_seq_write`.
  public static var seqWrite: Self { Self(rawValue: 127) }
  /// `bpf_sk_cgroup_id`.
  public static var skCgroupId: Self { Self(rawValue: 128) }
  /// `bpf_sk_ancestor_cgroup_id`.
  public static var skAncestorCgroupId: Self { Self(rawValue: 129) }
  /// `bpf_ringbuf_output`.
  public static var ringbufOutput: Self { Self(rawValue: 130) }
  /// `bpf_ringbuf_reserve`.
  public static var ringbufReserve: Self { Self(rawValue: 131) }
  /// `bpf_ringbuf_submit`.
  public static var ringbufSubmit: Self { Self(rawValue: 132) }
  /// `bpf_ringbuf_discard`.
  public static var ringbufDiscard: Self { Self(rawValue: 133) }
  /// `bpf_ringbuf_query`.
  public static var ringbufQuery: Self { Self(rawValue: 134) }
  /// `bpf_csum_level`.
  public static var csumLevel: Self { Self(rawValue: 135) }
  /// `bpf_skc_to_tcp6_sock`.
  public static var skcToTcp6Sock: Self { Self(rawValue: 136) }
  /// `bpf_skc_to_tcp_sock`.
  public static var skcToTcpSock: Self { Self(rawValue: 137) }
  /// `bpf_skc_to_tcp_timewait_sock`.
  public static var skcToTcpTimewaitSock: Self { Self(rawValue: 138) }
  /// `bpf_skc_to_tcp_request_sock`.
  public static var skcToTcpRequestSock: Self { Self(rawValue: 139) }
  /// `bpf_skc_to_udp6_sock`.
  public static var skcToUdp6Sock: Self { Self(rawValue: 140) }
  /// `bpf_get_task_stack`.
  public static var getTaskStack: Self { Self(rawValue: 141) }
  /// `bpf_load_hdr_opt`.
  public static var loadHdrOpt: Self { Self(rawValue: 142) }
  /// `bpf_store_hdr_opt`.
  public static var storeHdrOpt: Self { Self(rawValue: 143) }
  /// `bpf_reserve_hdr_opt`.
  public static var reserveHdrOpt: Self { Self(rawValue: 144) }
  /// `bpf_inode_storage_get`.
  public static var inodeStorageGet: Self { Self(rawValue: 145) }
  /// `bpf_inode_storage_delete`.
  public static var inodeStorageDelete: Self { Self(rawValue: 146) }
  /// `bpf_d_path`.
  public static var dPath: Self { Self(rawValue: 147) }
  /// `bpf_copy_from_user`.
  public static var copyFromUser: Self { Self(rawValue: 148) }
  /// `bpf_snprintf_btf`.
  public static var snprintfBtf: Self { Self(rawValue: 149) }
  /// `bpf_seq_printf_btf`.
  public static var seqPrintfBtf: Self { Self(rawValue: 150) }
  /// `bpf_skb_cgroup_classid`.
  public static var skbCgroupClassid: Self { Self(rawValue: 151) }
  /// `bpf_redirect_neigh`.
  public static var redirectNeigh: Self { Self(rawValue: 152) }
  /// `bpf_per_cpu_ptr`.
  public static var perCpuPtr: Self { Self(rawValue: 153) }
  /// `bpf_this_cpu_ptr`.
  public static var thisCpuPtr: Self { Self(rawValue: 154) }
  /// `bpf_redirect_peer`.
  public static var redirectPeer: Self { Self(rawValue: 155) }
  /// `bpf_task_storage_get`.
  public static var taskStorageGet: Self { Self(rawValue: 156) }
  /// `bpf_task_storage_delete`.
  public static var taskStorageDelete: Self { Self(rawValue: 157) }
  /// `bpf_get_current_task_btf`.
  public static var getCurrentTaskBtf: Self { Self(rawValue: 158) }
  /// `bpf_bprm_opts_set`.
  public static var bprmOptsSet: Self { Self(rawValue: 159) }
  /// `bpf_ktime_get_coarse_ns`.
  public static var ktimeGetCoarseNs: Self { Self(rawValue: 160) }
  /// `bpf_ima_inode_hash`.
  public static var imaInodeHash: Self { Self(rawValue: 161) }
  /// `bpf_sock_from_file`.
  public static var sockFromFile: Self { Self(rawValue: 162) }
  /// `bpf_check_mtu`.
  public static var checkMtu: Self { Self(rawValue: 163) }
  /// `bpf_for_each_map_elem`.
  public static var forEachMapElem: Self { Self(rawValue: 164) }
  /// `bpf_snprintf`.
  public static var snprintf: Self { Self(rawValue: 165) }
  /// `bpf_sys_bpf`.
  public static var sysBpf: Self { Self(rawValue: 166) }
  /// `bpf_btf_find_by_name_kind`.
  public static var btfFindByNameKind: Self { Self(rawValue: 167) }
  /// `bpf_sys_close`.
  public static var sysClose: Self { Self(rawValue: 168) }
  /// `bpf_timer_init`.
  public static var timerInit: Self { Self(rawValue: 169) }
  /// `bpf_timer_set_callback`.
  public static var timerSetCallback: Self { Self(rawValue: 170) }
  /// `bpf_timer_start`.
  public static var timerStart: Self { Self(rawValue: 171) }
  /// `bpf_timer_cancel`.
  public static var timerCancel: Self { Self(rawValue: 172) }
  /// `bpf_get_func_ip`.
  public static var getFuncIp: Self { Self(rawValue: 173) }
  /// `bpf_get_attach_cookie`.
  public static var getAttachCookie: Self { Self(rawValue: 174) }
  /// `bpf_task_pt_regs`.
  public static var taskPtRegs: Self { Self(rawValue: 175) }
  /// `bpf_get_branch_snapshot`.
  public static var getBranchSnapshot: Self { Self(rawValue: 176) }
  /// `bpf_trace_vprintk`.
  public static var traceVprintk: Self { Self(rawValue: 177) }
  /// `bpf_skc_to_unix_sock`.
  public static var skcToUnixSock: Self { Self(rawValue: 178) }
  /// `bpf_kallsyms_lookup_name`.
  public static var kallsymsLookupName: Self { Self(rawValue: 179) }
  /// `bpf_find_vma`.
  public static var findVma: Self { Self(rawValue: 180) }
  /// `bpf_loop`.
  public static var loop: Self { Self(rawValue: 181) }
  /// `bpf_strncmp`.
  public static var strncmp: Self { Self(rawValue: 182) }
  /// `bpf_get_func_arg`.
  public static var getFuncArg: Self { Self(rawValue: 183) }
  /// `bpf_get_func_ret`.
  public static var getFuncRet: Self { Self(rawValue: 184) }
  /// `bpf_get_func_arg_cnt`.
  public static var getFuncArgCnt: Self { Self(rawValue: 185) }
  /// `bpf_get_retval`.
  public static var getRetval: Self { Self(rawValue: 186) }
  /// `bpf_set_retval`.
  public static var setRetval: Self { Self(rawValue: 187) }
  /// `bpf_xdp_get_buff_len`.
  public static var xdpGetBuffLen: Self { Self(rawValue: 188) }
  /// `bpf_xdp_load_bytes`.
  public static var xdpLoadBytes: Self { Self(rawValue: 189) }
  /// `bpf_xdp_store_bytes`.
  public static var xdpStoreBytes: Self { Self(rawValue: 190) }
  /// `bpf_copy_from_user_task`.
  public static var copyFromUserTask: Self { Self(rawValue: 191) }
  /// `bpf_skb_set_tstamp`.
  public static var skbSetTstamp: Self { Self(rawValue: 192) }
  /// `bpf_ima_file_hash`.
  public static var imaFileHash: Self { Self(rawValue: 193) }
  /// `bpf_kptr_xchg`.
  public static var kptrXchg: Self { Self(rawValue: 194) }
  /// `bpf_map_lookup_percpu_elem`.
  public static var mapLookupPercpuElem: Self { Self(rawValue: 195) }
  /// `bpf_skc_to_mptcp_sock`.
  public static var skcToMptcpSock: Self { Self(rawValue: 196) }
  /// `bpf_dynptr_from_mem`.
  public static var dynptrFromMem: Self { Self(rawValue: 197) }
  /// `bpf_ringbuf_reserve_dynptr`.
  public static var ringbufReserveDynptr: Self { Self(rawValue: 198) }
  /// `bpf_ringbuf_submit_dynptr`.
  public static var ringbufSubmitDynptr: Self { Self(rawValue: 199) }
  /// `bpf_ringbuf_discard_dynptr`.
  public static var ringbufDiscardDynptr: Self { Self(rawValue: 200) }
  /// `bpf_dynptr_read`.
  public static var dynptrRead: Self { Self(rawValue: 201) }
  /// `bpf_dynptr_write`.
  public static var dynptrWrite: Self { Self(rawValue: 202) }
  /// `bpf_dynptr_data`.
  public static var dynptrData: Self { Self(rawValue: 203) }
  /// `bpf_tcp_raw_gen_syncookie_ipv4`.
  public static var tcpRawGenSyncookieIpv4: Self { Self(rawValue: 204) }
  /// `bpf_tcp_raw_gen_syncookie_ipv6`.
  public static var tcpRawGenSyncookieIpv6: Self { Self(rawValue: 205) }
  /// `bpf_tcp_raw_check_syncookie_ipv4`.
  public static var tcpRawCheckSyncookieIpv4: Self { Self(rawValue: 206) }
  /// `bpf_tcp_raw_check_syncookie_ipv6`.
  public static var tcpRawCheckSyncookieIpv6: Self { Self(rawValue: 207) }
  /// `bpf_ktime_get_tai_ns`.
  public static var ktimeGetTaiNs: Self { Self(rawValue: 208) }
  /// `bpf_user_ringbuf_drain`.
  public static var userRingbufDrain: Self { Self(rawValue: 209) }
  /// `bpf_cgrp_storage_get`.
  public static var cgrpStorageGet: Self { Self(rawValue: 210) }
  /// `bpf_cgrp_storage_delete`.
  public static var cgrpStorageDelete: Self { Self(rawValue: 211) }
}
