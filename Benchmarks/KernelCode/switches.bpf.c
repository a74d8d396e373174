#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct sched_entity {
  __u64 sum_exec_runtime;
} __attribute__((preserve_access_index));
struct task_struct {
  int tgid;
  struct sched_entity se;
} __attribute__((preserve_access_index));
struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 1024);
  __type(key, int);
  __type(value, __u64);
} usage SEC(".maps");

SEC("tp_btf/sched_switch")
int switched(struct task_struct **event) {
  struct task_struct *task = event[1];
  if (!task)
    return 0;
  int key = task->tgid;
  __u64 value = task->se.sum_exec_runtime;
  bpf_map_update_elem(&usage, &key, &value, BPF_ANY);
  return 0;
}

char LICENSE[] SEC("license") = "GPL";
