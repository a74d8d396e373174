// What `bpf run` shows: records of both kinds of buffers, maps of every shape, and variables. It looks at the programs of
// one name that are begun.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

enum mood { CALM, HASTY = 7 };

struct executed {
  __u32 uid;
  enum mood mood;
  struct {
    __u16 port;
    __u8 bytes[2];
  } peer;
  char comm[16];
  _Bool first;
  __u64 number;
};

struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, 4096);
  __type(value, struct executed);
} records SEC(".maps");

struct remark {
  __s32 weight;
  char text[8];
};

// Nobody reads it: it says what the records of `notes` are.
struct remark *notes_record;

struct {
  __uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
  __uint(key_size, 4);
  __uint(value_size, 4);
} notes SEC(".maps");

struct person {
  __u32 uid;
  char comm[16];
};

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 16);
  __type(key, struct person);
  __type(value, __u64);
} people SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __uint(max_entries, 4);
  __type(key, __u32);
  __type(value, __u32);
} steps SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 1);
  __type(key, __u32);
  __type(value, __u32);
} nothing SEC(".maps");

volatile const char wanted[16];
volatile const __u32 factor = 1;
volatile const struct {
  __u16 ports[3];
  enum mood mood;
} choice;

__u64 total;
char last[16];
__s32 offset = -4;

SEC("tp/sched/sched_process_exec")
int on_exec(void *context) {
  struct person person = {.uid = bpf_get_current_uid_gid()};
  bpf_get_current_comm(person.comm, sizeof(person.comm));
  for (int i = 0; i < 16; i++)
    if (person.comm[i] != wanted[i])
      return 0;
  total += factor;
  __builtin_memcpy(last, person.comm, sizeof(last));

  struct executed *record = bpf_ringbuf_reserve(&records, sizeof(*record), 0);
  if (!record)
    return 0;
  __builtin_memset(record, 0, sizeof(*record));
  record->uid = person.uid;
  record->mood = choice.mood;
  record->peer.port = choice.ports[1];
  record->peer.bytes[0] = 1;
  record->peer.bytes[1] = 2;
  __builtin_memcpy(record->comm, person.comm, sizeof(record->comm));
  record->first = total == factor;
  record->number = total;
  bpf_ringbuf_submit(record, 0);

  struct remark remark = {.weight = -1, .text = "a\tb"};
  bpf_perf_event_output(context, &notes, BPF_F_CURRENT_CPU, &remark, sizeof(remark));

  __u64 one = 1, *count = bpf_map_lookup_elem(&people, &person);
  if (count)
    *count += 1;
  else
    bpf_map_update_elem(&people, &person, &one, BPF_ANY);
  __u32 place = 2, *step = bpf_map_lookup_elem(&steps, &place);
  if (step)
    *step += 5;
  return 0;
}

char LICENSE[] SEC("license") = "GPL";
