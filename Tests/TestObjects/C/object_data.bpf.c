// Global variables of every kind of data section, reached in every way that the compiler has.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct pair {
  __u32 first;
  __u64 second;
};

const volatile __u32 limit = 7;
const volatile struct pair defaults = {1, 2};
static const volatile char greeting[] = "hello";
__u64 total = 40;
static volatile __u32 calls = 3;
struct pair zeroes;
static volatile __u64 hidden_zero;
__u32 weak_value __attribute__((weak)) = 5;
__u32 custom SEC(".data.custom") = 6;
const volatile __u16 fixed SEC(".rodata.fixed") = 9;
__u8 scratch[32] SEC(".bss.scratch");

SEC("raw_tp/sys_enter")
int touch(void *context) {
  calls++;
  hidden_zero += limit + defaults.second + greeting[calls & 3];
  total += weak_value + custom + fixed;
  zeroes.second += hidden_zero;
  scratch[calls & 31] = 1;
  bpf_printk("total %d", total);
  return 0;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
__u32 _version SEC("version") = 0x50400;
