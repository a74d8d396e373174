// Takes numbers out of a user ring buffer and adds them up.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
  __uint(type, 31); // BPF_MAP_TYPE_USER_RINGBUF
  __uint(max_entries, 4096);
} commands SEC(".maps");

__u64 sum;

static long (*const drain)(void *map, void *body, void *context, __u64 flags) = (void *)209;
static long (*const read_dynptr)(void *to, __u32 length, const void *from, __u32 offset, __u64 flags) = (void *)201;

static long take(void *record, void *context) {
  __u64 number;
  if (read_dynptr(&number, sizeof number, record, 0, 0) == 0)
    sum += number;
  return 0;
}

SEC("raw_tp/sys_enter")
int take_all(void *context) { return drain(&commands, take, 0, 0); }

char LICENSE[] SEC("license") = "GPL";
