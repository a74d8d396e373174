// Counts system calls by user, the plainest of objects: a hash map and a raw tracepoint.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 64);
  __type(key, __u32);
  __type(value, __u64);
} counts SEC(".maps");

SEC("raw_tp/sys_enter")
int count_calls(void *context) {
  __u32 user = bpf_get_current_uid_gid();
  __u64 one = 1, *count = bpf_map_lookup_elem(&counts, &user);
  if (count)
    __sync_fetch_and_add(count, 1);
  else
    bpf_map_update_elem(&counts, &user, &one, BPF_NOEXIST);
  return 0;
}

char LICENSE[] SEC("license") = "GPL";
