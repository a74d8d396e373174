// Functions that call each other, within a section and across, and one that is passed as a callback.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 4);
  __type(key, __u32);
  __type(value, __u64);
} values SEC(".maps");

__u64 sum;

static __attribute__((noinline)) __u64 twice(__u64 number) {
  __u64 result = number + bpf_get_prandom_u32();
  return result * 2;
}

__attribute__((noinline)) int shared(int number) {
  int result = bpf_get_smp_processor_id();
  return result + number;
}

__hidden __attribute__((noinline)) int unseen(int number) {
  int result = bpf_get_smp_processor_id();
  return shared(result) - number;
}

__weak __attribute__((noinline)) int replaceable(int number) {
  int result = bpf_get_smp_processor_id();
  return result ^ number;
}

__attribute__((noinline)) int unused(int number) { return number + (int)bpf_get_prandom_u32(); }

static long each(void *map, __u32 *key, __u64 *value, void *context) {
  sum += twice(*value);
  return 0;
}

static __attribute__((noinline)) SEC("raw_tp/sys_enter") int beside(int number) {
  return bpf_get_prandom_u32() & number;
}

SEC("raw_tp/sys_enter")
int first(void *context) {
  bpf_for_each_map_elem(&values, each, 0, 0);
  return shared(3) + beside(9);
}

SEC("raw_tp/sys_enter")
int second(void *context) {
  sum = twice(4);
  return unseen(2) + replaceable(1) + beside(3);
}

SEC("raw_tp/sys_exit")
int third(void *context) { return 0; }

char LICENSE[] SEC("license") = "GPL";
