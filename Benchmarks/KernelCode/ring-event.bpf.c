#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct started {
  __u64 time;
  __u32 process, user;
  char command[16];
};
struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, 262144);
} events SEC(".maps");

SEC("tp/sched/sched_process_exec")
int executed(void *event) {
  struct started *record = bpf_ringbuf_reserve(&events, sizeof *record, 0);
  if (!record)
    return 0;
  record->time = bpf_ktime_get_ns();
  record->process = bpf_get_current_pid_tgid() >> 32;
  record->user = bpf_get_current_uid_gid();
  bpf_get_current_comm(record->command, 16);
  bpf_ringbuf_submit(record, 0);
  return 0;
}

char LICENSE[] SEC("license") = "GPL";
