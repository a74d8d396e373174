#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#include <bpf/bpf_core_read.h>
struct task_struct {
  int tgid;
  struct task_struct *real_parent;
} __attribute__((preserve_access_index));
struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 1024);
  __type(key, __u32);
  __type(value, int);
} parents SEC(".maps");

SEC("raw_tp/sched_process_exec")
int executed(void *event) {
  struct task_struct *task = (void *)bpf_get_current_task(), *parent = BPF_CORE_READ(task, real_parent);
  if (!parent)
    return 0;
  int value = BPF_CORE_READ(parent, tgid);
  __u32 process = bpf_get_current_pid_tgid() >> 32;
  bpf_map_update_elem(&parents, &process, &value, BPF_ANY);
  return 0;
}

char LICENSE[] SEC("license") = "GPL";
