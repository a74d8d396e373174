// Programs that attach by their sections, and one that needs to be told where.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

__u32 process;
__u64 raw, classic, typed;

static __attribute__((always_inline)) void count(__u64 *counter) {
  if (bpf_get_current_pid_tgid() >> 32 == process)
    __sync_fetch_and_add(counter, 1);
}

SEC("raw_tp/sys_enter")
int on_enter(void *context) {
  count(&raw);
  return 0;
}

SEC("tp/syscalls/sys_enter_getppid")
int on_getppid(void *context) {
  count(&classic);
  return 0;
}

SEC("tp_btf/sys_exit")
int on_exit(void *context) {
  count(&typed);
  return 0;
}

SEC("xdp")
int on_packet(void *context) { return 2; }

char LICENSE[] SEC("license") = "GPL";
