// A callback of bpf_loop, which is passed on by its address.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

static long each(__u32 index, void *context) {
  *(__u32 *)context += index;
  return 0;
}

SEC("syscall")
int sum(void *context) {
  __u32 total = 0;
  bpf_loop(11, each, &total, 0);
  return total;
}

char LICENSE[] SEC("license") = "GPL";
