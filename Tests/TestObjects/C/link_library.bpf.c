// What link_main.bpf.c declares. With -DSTRONG, definitions that are in the way of those there; with -DOTHER_LICENSE,
// another licence.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct record {
  __u32 kind;
  __u64 number;
};

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 16);
  __type(key, __u32);
  __type(value, struct record);
} records SEC(".maps");

static volatile __u8 odd = 1;
__u64 library_total = 7;
__u32 weak_in_main = 12;
extern int LINUX_KERNEL_VERSION __kconfig;
extern _Bool CONFIG_BPF_SYSCALL __kconfig __weak;

static __attribute__((noinline)) int helper(int number) { return number - (int)bpf_get_prandom_u32(); }

__attribute__((noinline)) int library_add(int number) {
  __u32 key = number;
  struct record fresh = {.kind = 1, .number = LINUX_KERNEL_VERSION + CONFIG_BPF_SYSCALL};
  bpf_map_update_elem(&records, &key, &fresh, BPF_ANY);
  library_total += odd + weak_in_main;
  return helper(number);
}

__attribute__((noinline)) int replaceable(int number) {
  int zero = bpf_get_smp_processor_id();
  return number + zero + 2;
}

#ifdef STRONG
__u64 main_total = 9;
#endif

SEC("raw_tp/sys_exit")
int library_program(void *context) { return library_add(7); }

#ifdef OTHER_LICENSE
char LICENSE[] SEC("license") = "Dual MIT/GPL";
#else
char LICENSE[] SEC("license") = "GPL";
#endif
