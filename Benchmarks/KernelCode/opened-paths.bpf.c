#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct opening {
  char path[64];
  int flags;
};
struct record {
  __u64 common;
  long number;
  unsigned long arguments[6];
};
struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, 262144);
} openings SEC(".maps");
const volatile __u32 only_user = -1;

SEC("tp/syscalls/sys_enter_openat")
int opening(struct record *record) {
  if (only_user != (__u32)-1 && only_user != (__u32)bpf_get_current_uid_gid())
    return 0;
  struct opening *event = bpf_ringbuf_reserve(&openings, sizeof *event, 0);
  if (!event)
    return 0;
  event->flags = record->arguments[2];
  if (bpf_probe_read_user_str(event->path, sizeof event->path, (void *)record->arguments[1]) < 0) {
    bpf_ringbuf_discard(event, 0);
    return 0;
  }
  bpf_ringbuf_submit(event, 0);
  return 0;
}

char LICENSE[] SEC("license") = "GPL";
