// Tracing programs for many functions of the kernel.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

__u32 process;
__u64 calls, returns, both, cookies;

static __attribute__((always_inline)) void count(__u64 *counter) {
  if (bpf_get_current_pid_tgid() >> 32 == process)
    __sync_fetch_and_add(counter, 1);
}

SEC("fentry.multi/*64_sys_getp[gr]i*")
int on_entry(void *context) {
  count(&calls);
  if (bpf_get_current_pid_tgid() >> 32 == process)
    __sync_fetch_and_add(&cookies, bpf_get_attach_cookie(context));
  return 0;
}

SEC("fexit.multi/*64_sys_getp[gr]i*")
int on_exit(void *context) {
  count(&returns);
  return 0;
}

SEC("fsession.multi/*64_sys_getp[gr]i*")
int around(void *context) {
  count(&both);
  return 0;
}

SEC("fentry.multi/there_is_no_such_function_*")
int nowhere(void *context) { return 0; }

char LICENSE[] SEC("license") = "GPL";
