// Fills a ring buffer: a million records of 64 bytes, numbered, at each run.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct record {
  __u64 number;
  __u64 rest[7];
};

struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, 128 * 1024 * 1024);
} records SEC(".maps");

static long (*const loop)(__u32 count, void *body, void *context, __u64 flags) = (void *)181;

static long write_one(__u32 number, void *context) {
  struct record *record = bpf_ringbuf_reserve(&records, sizeof *record, 0);
  if (!record)
    return 1;
  record->number = number;
  bpf_ringbuf_submit(record, BPF_RB_NO_WAKEUP);
  return 0;
}

SEC("raw_tp/sys_enter")
int fill(void *context) { return loop(1000000, write_one, 0, 0); }

char LICENSE[] SEC("license") = "GPL";
