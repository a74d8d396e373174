// Programs with a mistake each, which every verifier refuses; the word in the comment marks the line that it names.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 4);
  __type(key, __u32);
  __type(value, __u64);
} values SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, 4096);
} ring SEC(".maps");

__u64 numbers[8];

SEC("?raw_tp/sys_enter")
int unchecked(void *context) {
  __u32 key = 0;
  __u64 *value = bpf_map_lookup_elem(&values, &key);
  return *value;  // unchecked
}

static __attribute__((noinline)) __u64 pick(__u32 index) {
  return numbers[index];  // pick
}

SEC("?raw_tp/sys_enter")
int unlimited(void *context) {
  return pick(bpf_get_prandom_u32());  // unlimited
}

SEC("?raw_tp/sys_enter")
int kept(void *context) {
  __u64 *record = bpf_ringbuf_reserve(&ring, 8, 0);  // acquired
  if (!record)
    return 0;
  *record = 1;
  return 0;  // kept
}

SEC("?xdp")
int packet(struct xdp_md *context) {
  char *data = (void *)(long)context->data;
  return data[12] == 8;  // packet
}

char LICENSE[] SEC("license") = "GPL";
