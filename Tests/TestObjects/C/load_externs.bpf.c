// Things of the kernel: its configuration, symbols, variables and functions, strong and weak.
#include <linux/bpf.h>
#include <stdbool.h>
#include <bpf/bpf_helpers.h>

extern int LINUX_KERNEL_VERSION __kconfig;
extern bool CONFIG_BPF_SYSCALL __kconfig;
extern enum libbpf_tristate CONFIG_BPF __kconfig __weak;
extern char CONFIG_NET __kconfig;
extern char CONFIG_CC_VERSION_TEXT[12] __kconfig;
extern int CONFIG_HZ __kconfig;
extern bool CONFIG_THERE_IS_NO_SUCH_OPTION __kconfig __weak;
extern _Bool LINUX_HAS_SYSCALL_WRAPPER __kconfig __weak;

extern const void bpf_prog_put __ksym;
extern const void there_is_no_such_symbol __ksym __weak;

struct task_struct;
extern struct task_struct *bpf_task_from_pid(int) __ksym __weak;
extern void bpf_task_release(struct task_struct *) __ksym __weak;
extern void there_is_no_such_function(void) __ksym __weak;

#define exists(symbol) (!!(void *)&symbol)

int version, hertz;
_Bool has_syscall, is_missing_set, has_wrapper;
int bpf_tristate;
char net;
char compiler[12];
__u64 symbol_address, missing_address;
int kernel_function_worked;

SEC("syscall")
int read_all(__u32 *context) {
  version = LINUX_KERNEL_VERSION;
  hertz = CONFIG_HZ;
  has_syscall = CONFIG_BPF_SYSCALL;
  is_missing_set = CONFIG_THERE_IS_NO_SUCH_OPTION;
  has_wrapper = LINUX_HAS_SYSCALL_WRAPPER;
  bpf_tristate = CONFIG_BPF;
  net = CONFIG_NET;
  for (int i = 0; i < 12; i++)
    compiler[i] = CONFIG_CC_VERSION_TEXT[i];
  symbol_address = (__u64)&bpf_prog_put;
  missing_address = (__u64)&there_is_no_such_symbol;
  if (exists(there_is_no_such_function))
    there_is_no_such_function();
  if (exists(bpf_task_from_pid)) {
    struct task_struct *task = bpf_task_from_pid(*context);
    if (task) {
      kernel_function_worked = 1;
      bpf_task_release(task);
    }
  }
  return 3;
}

char LICENSE[] SEC("license") = "GPL";
