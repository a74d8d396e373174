// An object of the common kind: maps, global data, and reads that are fitted to the kernel's types.
#include <linux/bpf.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

struct mm_struct___here {
  unsigned long total_vm;
} __attribute__((preserve_access_index));

struct task_struct___here {
  int pid;
  int tgid;
  struct task_struct___here *real_parent;
  struct mm_struct___here *mm;
} __attribute__((preserve_access_index));

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 1024);
  __type(key, __u32);
  __type(value, __u64);
} sizes SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 16);
  __type(key, __u32);
  __type(value, __u64);
} parents SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, 4096);
} records SEC(".maps");

const volatile __u32 minimum = 1;
__u64 calls;

SEC("raw_tp/sys_enter")
int look(void *context) {
  struct task_struct___here *task = (void *)bpf_get_current_task();
  __u32 process = BPF_CORE_READ(task, tgid);
  __u64 size = BPF_CORE_READ(task, mm, total_vm);
  __u32 place = BPF_CORE_READ(task, real_parent, pid) & 15;
  __u64 one = 1;
  if (process < minimum)
    return 0;
  __sync_fetch_and_add(&calls, 1);
  bpf_map_update_elem(&sizes, &process, &size, BPF_ANY);
  bpf_map_update_elem(&parents, &place, &one, BPF_ANY);
  bpf_ringbuf_output(&records, &size, sizeof size, 0);
  return 0;
}

char LICENSE[] SEC("license") = "GPL";
