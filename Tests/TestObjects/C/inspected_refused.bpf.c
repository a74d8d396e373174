// A program that the verifier refuses.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 4);
  __type(key, __u32);
  __type(value, __u64);
} table SEC(".maps");

SEC("raw_tp/sys_enter")
int careless(void *context) {
  __u32 key = 3;
  __u64 *value = bpf_map_lookup_elem(&table, &key);
  *value = 5;
  return 0;
}

char LICENSE[] SEC("license") = "GPL";
