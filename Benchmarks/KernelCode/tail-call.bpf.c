#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
  __uint(type, BPF_MAP_TYPE_PROG_ARRAY);
  __uint(max_entries, 512);
  __uint(key_size, 4);
  __uint(value_size, 4);
} programs SEC(".maps");
__u64 others = 0;

SEC("raw_tp/sys_enter")
int dispatch(__u64 *event) {
  bpf_tail_call(event, &programs, event[1]);
  others += 1;
  return 0;
}

char LICENSE[] SEC("license") = "GPL";
