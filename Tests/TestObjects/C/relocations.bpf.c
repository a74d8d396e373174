// Each kind of CO-RE relocation at least once, on types whose fields are deliberately not where the kernel has them.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

#define relocated __attribute__((preserve_access_index))

struct nsproxy;

struct mm_struct {
  char shifted[24];
  unsigned long task_size;
} relocated;

struct sched_entity {
  int shifted;
  __u64 vruntime;
} relocated;

struct task_struct___local {
  char comm[16];
  struct mm_struct *mm;
  int pid;
  int tgid;
  struct sched_entity se;
  unsigned int shifted : 5;
  unsigned int in_execve : 1;
  unsigned int sched_reset_on_fork : 1;
  struct nsproxy *nsproxy;
} relocated;

struct task_struct___gone {
  int no_such_field;
} relocated;

struct sk_buff {
  // Anonymous in the kernel, and within another union there.
  unsigned int len;
  __u16 protocol;
} relocated;

struct no_such_type {
  int field;
} relocated;

enum bpf_map_type___local {
  BPF_MAP_TYPE_ARRAY___local = 77,
  BPF_MAP_TYPE_MISSING___local = 78,
};

typedef int pid_t;
typedef int no_such_typedef;

struct list_head {
  struct list_head *next, *prev;
};

struct list_head___wrong {
  struct list_head *next;
  int *other;
};

__u64 results[32];

SEC("raw_tp/sys_enter")
int fields(void *context) {
  struct task_struct___local *task = (void *)bpf_get_current_task();
  struct task_struct___gone *gone = (void *)task;
  __u64 number = 0;

  results[0] = bpf_core_field_offset(task->pid);
  results[1] = bpf_core_field_size(task->comm);
  results[2] = bpf_core_field_exists(task->se.vruntime);
  results[3] = bpf_core_field_exists(gone->no_such_field);
  results[4] = BPF_CORE_READ(task, mm, task_size);
  results[5] = BPF_CORE_READ_BITFIELD_PROBED(task, in_execve);
  results[6] = __builtin_preserve_field_info(task->pid, BPF_FIELD_SIGNED);
  results[7] = __builtin_preserve_field_info(task->se.vruntime, BPF_FIELD_SIGNED);
  bpf_core_read(&number, 1, &task->comm[3]);
  results[8] = number;
  if (bpf_core_field_exists(gone->no_such_field))
    results[9] = BPF_CORE_READ(gone, no_such_field);
  return 0;
}

SEC("raw_tp/sys_enter")
int types(void *context) {
  results[10] = bpf_core_type_id_local(struct task_struct___local);
  results[11] = bpf_core_type_id_kernel(struct task_struct___local);
  results[12] = bpf_core_type_exists(struct task_struct___local);
  results[13] = bpf_core_type_exists(struct no_such_type);
  results[14] = bpf_core_type_size(struct task_struct___local);
  results[15] = bpf_core_type_size(struct no_such_type);
  results[16] = bpf_core_type_matches(struct list_head);
  results[17] = bpf_core_type_matches(struct list_head___wrong);
  results[18] = bpf_core_type_exists(pid_t);
  results[19] = bpf_core_type_exists(no_such_typedef);
  return 0;
}

SEC("raw_tp/sys_enter")
int enumerators(void *context) {
  results[20] = bpf_core_enum_value_exists(enum bpf_map_type___local, BPF_MAP_TYPE_ARRAY___local);
  results[21] = bpf_core_enum_value_exists(enum bpf_map_type___local, BPF_MAP_TYPE_MISSING___local);
  results[22] = bpf_core_enum_value(enum bpf_map_type___local, BPF_MAP_TYPE_ARRAY___local);
  return 0;
}

SEC("socket")
int packet(struct sk_buff *buffer) {
  results[23] = bpf_core_field_offset(buffer->protocol);
  results[24] = bpf_core_field_offset(buffer->len);
  return 0;
}

char LICENSE[] SEC("license") = "GPL";
