#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 64);
  __type(key, __u32);
  __type(value, __u64);
} histogram SEC(".maps");
struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 1024);
  __type(key, __u32);
  __type(value, __u64);
} beginnings SEC(".maps");

SEC("raw_tp/sys_enter")
int enter(void *event) {
  __u64 now = bpf_ktime_get_ns();
  __u32 thread = bpf_get_current_pid_tgid();
  bpf_map_update_elem(&beginnings, &thread, &now, BPF_ANY);
  return 0;
}

SEC("raw_tp/sys_exit")
int exit_(void *event) {
  __u32 thread = bpf_get_current_pid_tgid(), bucket;
  __u64 *beginning = bpf_map_lookup_elem(&beginnings, &thread), *value;
  if (!beginning)
    return 0;
  __u64 duration = bpf_ktime_get_ns() - *beginning;
  bucket = 63 - __builtin_clzll(duration | 1);
  value = bpf_map_lookup_elem(&histogram, &bucket);
  if (value)
    *value += 1;
  return 0;
}

char LICENSE[] SEC("license") = "GPL";
