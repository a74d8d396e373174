// Several maps and every kind of data section, a subprogram, a callback and a CO-RE read, for loading as a whole.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

struct task_struct {
  int pid;
  int tgid;
} __attribute__((preserve_access_index));

struct event {
  __u32 pid;
  __u32 calls;
};

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 64);
  __type(key, __u32);
  __type(value, struct event);
} counts SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, 5000);
} events SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
  __uint(key_size, 4);
  __uint(value_size, 4);
} perf_events SEC(".maps");

const volatile __u32 min_pid = 7;
const volatile char label[8] = "label";
__u64 total = 40;
__u32 seen;
static volatile __u16 unset;

static __attribute__((noinline)) __u64 add(__u64 value) {
  total += value;
  return total;
}

SEC("raw_tp/sys_enter")
int count(void *context) {
  struct task_struct *task = (void *)bpf_get_current_task();
  __u32 key = min_pid;
  struct event event = {.pid = BPF_CORE_READ(task, tgid), .calls = unset};
  bpf_map_update_elem(&counts, &key, &event, BPF_ANY);
  seen = event.pid;
  return add(2);
}

// Not loaded unless asked for.
SEC("?raw_tp/sys_exit")
int other(void *context) { return label[0]; }

char LICENSE[] SEC("license") = "GPL";
