// A program with what a listing shows: calls of every sort, maps, source lines, a callback, branches.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 4);
  __type(key, __u32);
  __type(value, __u64);
} values SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 4);
  __type(key, __u32);
  __type(value, __u64);
} table SEC(".maps");

__u64 sum;
const volatile char who[] = "a\"b";

static __attribute__((noinline)) __u64 twice(const __u64 *number, struct bpf_sock *unused) {
  __u64 result = *number + bpf_get_prandom_u32();
  return result * 2;
}

SEC("raw_tp/sys_enter")
int inspected_main(void *context) {
  __u32 key = 3;
  __u64 *value = bpf_map_lookup_elem(&table, &key), local = 3;
  if (value) {
    if (*value > 0x1234567812345678ull)
      bpf_printk("hello %s | %d", who, 5);
    *value = 7;
  }
  sum += twice(&local, 0);
  return key < 7 ? 0 : 1;
}

static long each(void *map, __u32 *key, __u64 *value, void *context) {
  sum += *value;
  return 0;
}

SEC("?raw_tp/sys_enter")
int inspected_callback(void *context) {
  bpf_for_each_map_elem(&values, each, 0, 0);
  return 0;
}

char LICENSE[] SEC("license") = "GPL";
