#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct call {
  __u32 process, number;
  __u64 time;
};
struct record {
  __u64 common;
  long number;
};
const volatile __u32 only_process = 0;
struct {
  __uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
  __uint(key_size, 4);
  __uint(value_size, 4);
} events SEC(".maps");

SEC("tp/raw_syscalls/sys_enter")
int entered(struct record *record) {
  __u32 process = bpf_get_current_pid_tgid() >> 32;
  if (only_process != 0 && only_process != process)
    return 0;
  struct call call = {.process = process, .number = record->number, .time = bpf_ktime_get_ns()};
  bpf_perf_event_output(record, &events, BPF_F_CURRENT_CPU, &call, sizeof call);
  return 0;
}

char LICENSE[] SEC("license") = "GPL";
