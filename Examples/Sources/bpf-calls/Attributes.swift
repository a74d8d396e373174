/// How the attributes of each command of `bpf(2)` are laid out: `union bpf_attr` of `include/uapi/linux/bpf.h`.
enum Attributes {
  /// What a field holds.
  enum Kind {
    case number, wide, address, text, mapType, programType
  }

  struct Field {
    var name: String
    var offset: Int
    var kind: Kind

    init(_ name: String, _ offset: Int, _ kind: Kind = .number) {
      self.name = name
      self.offset = offset
      self.kind = kind
    }

    var size: Int {
      switch kind {
      case .wide, .address: 8
      case .text: 16
      default: 4
      }
    }
  }

  /// The names of the commands, by their numbers.
  static let commands = [
    "MAP_CREATE", "MAP_LOOKUP_ELEM", "MAP_UPDATE_ELEM", "MAP_DELETE_ELEM", "MAP_GET_NEXT_KEY", "PROG_LOAD", "OBJ_PIN",
    "OBJ_GET", "PROG_ATTACH", "PROG_DETACH", "PROG_TEST_RUN", "PROG_GET_NEXT_ID", "MAP_GET_NEXT_ID",
    "PROG_GET_FD_BY_ID", "MAP_GET_FD_BY_ID", "OBJ_GET_INFO_BY_FD", "PROG_QUERY", "RAW_TRACEPOINT_OPEN", "BTF_LOAD",
    "BTF_GET_FD_BY_ID", "TASK_FD_QUERY", "MAP_LOOKUP_AND_DELETE_ELEM", "MAP_FREEZE", "BTF_GET_NEXT_ID",
    "MAP_LOOKUP_BATCH", "MAP_LOOKUP_AND_DELETE_BATCH", "MAP_UPDATE_BATCH", "MAP_DELETE_BATCH", "LINK_CREATE",
    "LINK_UPDATE", "LINK_GET_FD_BY_ID", "LINK_GET_NEXT_ID", "ENABLE_STATS", "ITER_CREATE", "LINK_DETACH",
    "PROG_BIND_MAP", "TOKEN_CREATE", "PROG_STREAM_READ_BY_FD",
  ]

  static let mapTypes = [
    "UNSPEC", "HASH", "ARRAY", "PROG_ARRAY", "PERF_EVENT_ARRAY", "PERCPU_HASH", "PERCPU_ARRAY", "STACK_TRACE",
    "CGROUP_ARRAY", "LRU_HASH", "LRU_PERCPU_HASH", "LPM_TRIE", "ARRAY_OF_MAPS", "HASH_OF_MAPS", "DEVMAP", "SOCKMAP",
    "CPUMAP", "XSKMAP", "SOCKHASH", "CGROUP_STORAGE", "REUSEPORT_SOCKARRAY", "PERCPU_CGROUP_STORAGE", "QUEUE", "STACK",
    "SK_STORAGE", "DEVMAP_HASH", "STRUCT_OPS", "RINGBUF", "INODE_STORAGE", "TASK_STORAGE", "BLOOM_FILTER",
    "USER_RINGBUF", "CGRP_STORAGE", "ARENA", "INSN_ARRAY",
  ]

  static let programTypes = [
    "UNSPEC", "SOCKET_FILTER", "KPROBE", "SCHED_CLS", "SCHED_ACT", "TRACEPOINT", "XDP", "PERF_EVENT", "CGROUP_SKB",
    "CGROUP_SOCK", "LWT_IN", "LWT_OUT", "LWT_XMIT", "SOCK_OPS", "SK_SKB", "CGROUP_DEVICE", "SK_MSG", "RAW_TRACEPOINT",
    "CGROUP_SOCK_ADDR", "LWT_SEG6LOCAL", "LIRC_MODE2", "SK_REUSEPORT", "FLOW_DISSECTOR", "CGROUP_SYSCTL",
    "RAW_TRACEPOINT_WRITABLE", "CGROUP_SOCKOPT", "TRACING", "STRUCT_OPS", "EXT", "LSM", "SK_LOOKUP", "SYSCALL",
    "NETFILTER",
  ]

  /// The fields of a command, in their order.
  static func fields(of command: UInt32) -> [Field] {
    switch command {
    case 0:
      [
        Field("map_type", 0, .mapType), Field("key_size", 4), Field("value_size", 8), Field("max_entries", 12),
        Field("map_flags", 16), Field("inner_map_fd", 20), Field("numa_node", 24), Field("map_name", 28, .text),
        Field("map_ifindex", 44), Field("btf_fd", 48), Field("btf_key_type_id", 52), Field("btf_value_type_id", 56),
        Field("btf_vmlinux_value_type_id", 60), Field("map_extra", 64, .wide), Field("value_type_btf_obj_fd", 72),
        Field("map_token_fd", 76),
      ]
    case 1, 2, 21:
      [Field("map_fd", 0), Field("key", 8, .address), Field("value", 16, .address), Field("flags", 24, .wide)]
    case 3: [Field("map_fd", 0), Field("key", 8, .address)]
    case 4: [Field("map_fd", 0), Field("key", 8, .address), Field("next_key", 16, .address)]
    case 5:
      [
        Field("prog_type", 0, .programType), Field("insn_cnt", 4), Field("insns", 8, .address),
        Field("license", 16, .address), Field("log_level", 24), Field("log_size", 28), Field("log_buf", 32, .address),
        Field("kern_version", 40), Field("prog_flags", 44), Field("prog_name", 48, .text), Field("prog_ifindex", 64),
        Field("expected_attach_type", 68), Field("prog_btf_fd", 72), Field("func_info_rec_size", 76),
        Field("func_info", 80, .address), Field("func_info_cnt", 88), Field("line_info_rec_size", 92),
        Field("line_info", 96, .address), Field("line_info_cnt", 104), Field("attach_btf_id", 108),
        Field("attach_prog_fd", 112), Field("core_relo_cnt", 116), Field("fd_array", 120, .address),
        Field("core_relos", 128, .address), Field("core_relo_rec_size", 136), Field("log_true_size", 140),
        Field("prog_token_fd", 144),
      ]
    case 6, 7: [Field("pathname", 0, .address), Field("bpf_fd", 8), Field("file_flags", 12), Field("path_fd", 16)]
    case 8, 9:
      [
        Field("target_fd", 0), Field("attach_bpf_fd", 4), Field("attach_type", 8), Field("attach_flags", 12),
        Field("replace_bpf_fd", 16),
      ]
    case 10:
      [
        Field("prog_fd", 0), Field("retval", 4), Field("data_size_in", 8), Field("data_size_out", 12),
        Field("data_in", 16, .address), Field("data_out", 24, .address), Field("repeat", 32), Field("duration", 36),
        Field("ctx_size_in", 40), Field("ctx_size_out", 44), Field("ctx_in", 48, .address),
        Field("ctx_out", 56, .address), Field("flags", 64), Field("cpu", 68), Field("batch_size", 72),
      ]
    case 11, 12, 23, 31: [Field("start_id", 0), Field("next_id", 4), Field("open_flags", 8)]
    case 13: [Field("prog_id", 0), Field("next_id", 4), Field("open_flags", 8)]
    case 14: [Field("map_id", 0), Field("next_id", 4), Field("open_flags", 8)]
    case 19: [Field("btf_id", 0), Field("next_id", 4), Field("open_flags", 8)]
    case 30: [Field("link_id", 0), Field("next_id", 4), Field("open_flags", 8)]
    case 15: [Field("bpf_fd", 0), Field("info_len", 4), Field("info", 8, .address)]
    case 16:
      [
        Field("target_fd", 0), Field("attach_type", 4), Field("query_flags", 8), Field("attach_flags", 12),
        Field("prog_ids", 16, .address), Field("prog_cnt", 24),
      ]
    case 17: [Field("name", 0, .address), Field("prog_fd", 8), Field("cookie", 16, .wide)]
    case 18:
      [
        Field("btf", 0, .address), Field("btf_log_buf", 8, .address), Field("btf_size", 16), Field("btf_log_size", 20),
        Field("btf_log_level", 24), Field("btf_log_true_size", 28), Field("btf_flags", 32), Field("btf_token_fd", 36),
      ]
    case 20:
      [
        Field("pid", 0), Field("fd", 4), Field("flags", 8), Field("buf_len", 12), Field("buf", 16, .address),
        Field("prog_id", 24), Field("fd_type", 28), Field("probe_offset", 32, .wide), Field("probe_addr", 40, .wide),
      ]
    case 22: [Field("map_fd", 0)]
    case 24, 25, 26, 27:
      [
        Field("in_batch", 0, .address), Field("out_batch", 8, .address), Field("keys", 16, .address),
        Field("values", 24, .address), Field("count", 32), Field("map_fd", 36), Field("elem_flags", 40, .wide),
        Field("flags", 48, .wide),
      ]
    case 28: [Field("prog_fd", 0), Field("target_fd", 4), Field("attach_type", 8), Field("flags", 12)]
    case 29: [Field("link_fd", 0), Field("new_prog_fd", 4), Field("flags", 8), Field("old_prog_fd", 12)]
    case 32: [Field("type", 0)]
    case 33: [Field("link_fd", 0), Field("flags", 4)]
    case 34: [Field("link_fd", 0)]
    case 35: [Field("prog_fd", 0), Field("map_fd", 4), Field("flags", 8)]
    case 36: [Field("flags", 0), Field("bpffs_fd", 4)]
    default: []
    }
  }
}
