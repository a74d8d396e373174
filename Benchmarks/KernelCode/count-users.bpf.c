#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 1024);
  __type(key, __u32);
  __type(value, __u64);
} calls SEC(".maps");

SEC("raw_tp/sys_enter")
int count(void *event) {
  __u32 user = bpf_get_current_uid_gid();
  __u64 one = 1, *value = bpf_map_lookup_elem(&calls, &user);
  if (value)
    *value += 1;
  else
    bpf_map_update_elem(&calls, &user, &one, BPF_NOEXIST);
  return 0;
}

char LICENSE[] SEC("license") = "GPL";
