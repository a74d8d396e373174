#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __uint(max_entries, 512);
  __type(key, __u32);
  __type(value, __u64);
} totals SEC(".maps");

SEC("raw_tp/sys_enter")
int count(__u64 *event) {
  __u32 number = event[1];
  __u64 *value = bpf_map_lookup_elem(&totals, &number);
  if (value)
    *value += 1;
  return 0;
}

char LICENSE[] SEC("license") = "GPL";
