// An iterator of each kind: it writes what a test can check, or a byte for each thing.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct seq_file;
struct bpf_map;
struct task_struct {
  int pid;
  int tgid;
} __attribute__((preserve_access_index));
struct bpf_iter_meta {
  struct seq_file *seq;
} __attribute__((preserve_access_index));

struct bpf_iter__task {
  struct bpf_iter_meta *meta;
  struct task_struct *task;
} __attribute__((preserve_access_index));

SEC("iter/task")
int task(struct bpf_iter__task *ctx) {
  struct task_struct *task = ctx->task;
  if (!task) return 0;
  int ids[2] = {task->tgid, task->pid};
  bpf_seq_write(ctx->meta->seq, ids, sizeof(ids));
  return 0;
}

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 3);
  __type(key, __u32);
  __type(value, __u64);
} elements SEC(".maps");

struct bpf_iter__bpf_map_elem {
  struct bpf_iter_meta *meta;
  struct bpf_map *map;
  void *key;
  void *value;
} __attribute__((preserve_access_index));

SEC("iter/bpf_map_elem")
int bpf_map_elem(struct bpf_iter__bpf_map_elem *ctx) {
  __u32 *key = ctx->key;
  __u64 *value = ctx->value;
  if (!key || !value) return 0;
  __u64 words[2] = {*key, *value};
  bpf_seq_write(ctx->meta->seq, words, sizeof(words));
  return 0;
}

// All contexts begin with this.
struct any {
  struct bpf_iter_meta *meta;
};

#define MARK(kind)                                                                                                  \
  SEC("iter/" #kind)                                                                                                \
  int iter_##kind(struct any *ctx) {                                                                                     \
    char mark = 'x';                                                                                                \
    bpf_seq_write(ctx->meta->seq, &mark, 1);                                                                        \
    return 0;                                                                                                       \
  }

MARK(task_file)
MARK(task_vma)
MARK(bpf_map)
MARK(bpf_prog)
MARK(bpf_link)
MARK(cgroup)
MARK(ksym)
MARK(tcp)
MARK(udp)
#undef unix
MARK(unix)
MARK(netlink)
MARK(ipv6_route)
MARK(dmabuf)
MARK(kmem_cache)

char LICENSE[] SEC("license") = "GPL";
