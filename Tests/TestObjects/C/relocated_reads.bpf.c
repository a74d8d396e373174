// One program to a section, without maps: each answers with what it reads of the running task through types whose
// fields are not where the kernel has them.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

#define relocated __attribute__((preserve_access_index))

struct task_struct___shifted {
  char comm[16];
  int tgid;
  struct task_struct___shifted *group_leader;
  unsigned int in_execve : 1;
  unsigned int in_iowait : 1;
} relocated;

struct task_struct___gone {
  int tgid;
  int no_such_field;
} relocated;

enum bpf_prog_type___mine {
  BPF_PROG_TYPE_RAW_TRACEPOINT___mine = 99,
};

SEC("raw_tp/own_group")
int own_group(void *context) {
  struct task_struct___shifted *task = (void *)bpf_get_current_task();
  return BPF_CORE_READ(task, group_leader, tgid);
}

SEC("raw_tp/own_name")
int own_name(void *context) {
  struct task_struct___shifted *task = (void *)bpf_get_current_task();
  unsigned char letter = 0;
  bpf_core_read(&letter, 1, &task->comm[1]);
  return letter;
}

SEC("raw_tp/own_bits")
int own_bits(void *context) {
  struct task_struct___shifted *task = (void *)bpf_get_current_task();
  // Zero in a task that runs; the constants of the shifts are the kernel's.
  return 10 + BPF_CORE_READ_BITFIELD_PROBED(task, in_iowait);
}

SEC("raw_tp/guarded")
int guarded(void *context) {
  struct task_struct___gone *task = (void *)bpf_get_current_task();
  if (bpf_core_field_exists(task->no_such_field))
    return BPF_CORE_READ(task, no_such_field);
  return 42;
}

SEC("raw_tp/unguarded")
int unguarded(void *context) {
  struct task_struct___gone *task = (void *)bpf_get_current_task();
  return BPF_CORE_READ(task, no_such_field);
}

SEC("raw_tp/program_type")
int program_type(void *context) {
  return bpf_core_enum_value(enum bpf_prog_type___mine, BPF_PROG_TYPE_RAW_TRACEPOINT___mine);
}

char LICENSE[] SEC("license") = "GPL";
