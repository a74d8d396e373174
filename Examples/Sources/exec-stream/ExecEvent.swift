import BPF

/// A program that was started, laid out as `struct exec_event` of the C source below.
struct ExecEvent: BitwiseCopyable {
  var process: UInt32
  var user: UInt32
  var path: InlineArray<128, UInt8>

  /// The file, cut to 127 bytes.
  var file: String {
    var bytes: [UInt8] = []
    for index in path.indices where path[index] != 0 { bytes.append(path[index]) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Sends such an event for each `execve` that succeeds.
  ///
  /// Where the tracepoint has its fields is looked up in the running kernel's types when the object is loaded.
  static let source = CSource(
    """
    #include <linux/bpf.h>
    #include <bpf/bpf_helpers.h>

    struct trace_event_raw_sched_process_exec {
      unsigned int __data_loc_filename;
    } __attribute__((preserve_access_index));

    struct exec_event {
      __u32 process;
      __u32 user;
      char path[128];
    };

    struct {
      __uint(type, BPF_MAP_TYPE_RINGBUF);
      __uint(max_entries, 1 << 18);
    } events SEC(".maps");

    SEC("tp/sched/sched_process_exec")
    int started(struct trace_event_raw_sched_process_exec *context) {
      struct exec_event *event = bpf_ringbuf_reserve(&events, sizeof *event, 0);
      if (!event)
        return 0;
      event->process = bpf_get_current_pid_tgid() >> 32;
      event->user = bpf_get_current_uid_gid();
      __builtin_memset(event->path, 0, sizeof event->path);
      void *path = (void *)context + (context->__data_loc_filename & 0xffff);
      bpf_probe_read_kernel_str(event->path, sizeof event->path, path);
      bpf_ringbuf_submit(event, 0);
      return 0;
    }

    char LICENSE[] SEC("license") = "GPL";
    """, name: "exec.bpf.c")
}
