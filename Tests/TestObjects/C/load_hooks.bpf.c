// Programs on kernel functions that decide what happens; each for one process.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

__u32 process;
__u64 calls;
int refuses;

// -EXDEV or 0: the verifier must see that a hook of a security module answers nothing else than an error.
static __attribute__((always_inline)) int decide(void) {
  if (bpf_get_current_pid_tgid() >> 32 != process)
    return 0;
  __sync_fetch_and_add(&calls, 1);
  return refuses ? -18 : 0;
}

SEC("?fmod_ret/security_task_getpgid")
int modify(__u64 *context) { return decide(); }

SEC("?lsm/task_getpgid")
int hook(__u64 *context) { return decide(); }

char LICENSE[] SEC("license") = "GPL";
