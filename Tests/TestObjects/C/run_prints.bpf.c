// Prints a line for each program that a process of one name is about to become.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

volatile const __u32 wanted;

SEC("tp/syscalls/sys_enter_execve")
int starts(void *context) {
  if ((__u32)(bpf_get_current_pid_tgid() >> 32) == wanted)
    bpf_printk("process %d starts", wanted);
  return 0;
}

char LICENSE[] SEC("license") = "GPL";
