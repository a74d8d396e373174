// Variables of every section, a map and a program, as a C program reaches them through a skeleton.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct pair {
  int first, second;
};

extern int LINUX_KERNEL_VERSION __kconfig;

const volatile int wanted_pid;
const volatile long wanted_call = -1;
const volatile char greeting[6] = "hello";
long step = 2;
char letter = 'x';
struct pair pairs[2] SEC(".data.custom") = {{1, 2}, {3, 4}};
static volatile int hidden = 3;
unsigned long long total;
struct {
  char flag;
  long inner;
} unnamed;
const char *text;
int version;

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __type(key, int);
  __type(value, struct pair);
  __uint(max_entries, 2);
} counts SEC(".maps");

SEC("raw_tp/sys_enter")
int count_calls(struct bpf_raw_tracepoint_args *context) {
  if (bpf_get_current_pid_tgid() >> 32 != wanted_pid || context->args[1] != wanted_call) return 0;
  total += step + pairs[1].second + hidden;
  unnamed.inner = letter + (text != 0);
  version = LINUX_KERNEL_VERSION;
  return 0;
}

SEC("?xdp")
int never_loaded(struct xdp_md *context) { return XDP_PASS; }

char LICENSE[] SEC("license") = "GPL";
