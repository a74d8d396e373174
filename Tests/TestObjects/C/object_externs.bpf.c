// Things of the kernel and of its configuration: typed and untyped, strong and weak.
#include <linux/bpf.h>
#include <stdbool.h>
#include <bpf/bpf_helpers.h>

extern int LINUX_KERNEL_VERSION __kconfig;
extern bool CONFIG_BPF_SYSCALL __kconfig __weak;
extern enum libbpf_tristate CONFIG_MODULES __kconfig;
extern char CONFIG_LOCALVERSION[16] __kconfig;
extern unsigned long long CONFIG_MISSING __kconfig __weak;

struct rq {
  int cpu;
} __attribute__((preserve_access_index));

extern const void bpf_prog_active __ksym;
extern const void no_such_symbol __ksym __weak;
extern const struct rq runqueues __ksym;
extern const int missing_variable __ksym __weak;

struct task_struct;
extern struct task_struct *bpf_task_acquire(struct task_struct *task) __ksym;
extern void bpf_task_release(struct task_struct *task) __ksym __weak;

__u64 results[8];

SEC("tp_btf/task_newtask")
int observe(__u64 *context) {
  results[0] = LINUX_KERNEL_VERSION;
  results[1] = CONFIG_BPF_SYSCALL;
  results[2] = CONFIG_MODULES;
  results[3] = CONFIG_LOCALVERSION[1];
  results[4] = CONFIG_MISSING;
  results[5] = (__u64)&bpf_prog_active + (__u64)&no_such_symbol;
  results[6] = runqueues.cpu;
  if (&missing_variable) results[7] = missing_variable;
  struct task_struct *task = (void *)context[0];
  task = bpf_task_acquire(task);
  if (task && bpf_task_release) bpf_task_release(task);
  return 0;
}

char LICENSE[] SEC("license") = "GPL";
