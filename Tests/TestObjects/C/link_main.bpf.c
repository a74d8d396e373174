// The program of two objects that are linked: it uses what link_library.bpf.c defines.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct record {
  __u32 kind;
  __u64 number;
};

extern struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 16);
  __type(key, __u32);
  __type(value, struct record);
} records SEC(".maps");

extern __u64 library_total;
extern int library_add(int number);
extern __weak int nobody_has(int number);

const volatile __u32 main_limit = 3;
__u64 main_total = 5;
__u32 weak_in_main __weak = 11;
extern int LINUX_KERNEL_VERSION __kconfig;

static __attribute__((noinline)) int helper(int number) { return number + (int)bpf_get_prandom_u32(); }

__weak __attribute__((noinline)) int replaceable(int number) {
  int zero = bpf_get_smp_processor_id();
  return number + zero + 1;
}

SEC("raw_tp/sys_enter")
int main_program(void *context) {
  __u32 key = main_limit;
  struct record *record = bpf_map_lookup_elem(&records, &key);
  main_total += library_total + weak_in_main;
  if (record) record->number += LINUX_KERNEL_VERSION;
  return library_add(2) + helper(1) + replaceable(4);
}

char LICENSE[] SEC("license") = "GPL";
