// Types of all shapes in keys, values, constants, variables and records.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

enum mood { CALM, HASTY = 7 };
enum wide { SMALL = 1, LARGE = 0x100000000ull };
enum negative { MINUS = -1, PLUS = 1 };

union number {
  __u64 whole;
  __u32 halves[2];
  struct {
    __u16 low, high;
  } parts;
};

struct flags {
  __u32 first : 3;
  __u32 second : 5;
  __s32 third : 4;
  __u32 rest;
};

struct packed_one {
  __u8 tag;
  __u32 value;
  __u16 last;
} __attribute__((packed));

struct nested {
  __u8 kind;
  struct {
    __u16 port;
    union {
      __u32 address;
      __u8 bytes[4];
    };
  };
  struct {
    __u32 x, y;
  } points[3];
  enum mood mood;
  enum wide wide;
  enum negative negative;
  void *pointer;
  char name[16];
  _Bool yes;
  __u8 grid[2][3];
  struct packed_one packed;
};

struct aligned_one {
  __u8 tag;
  __u64 value __attribute__((aligned(16)));
};

struct key {
  __u32 a;
  __u16 b;
};

// No map names the records of a ring buffer; a pointer of their type puts it into the object.
struct event {
  union number number;
  struct flags flags;
  struct nested nested;
};

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 16);
  __type(key, struct key);
  __type(value, struct nested);
} table SEC(".maps");
struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 4);
  __type(key, __u32);
  __type(value, union number);
} numbers SEC(".maps");
struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 4);
  __type(key, __u32);
  __type(value, struct flags);
} flag_table SEC(".maps");
struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 4);
  __type(key, enum mood);
  __type(value, struct packed_one);
} packed_table SEC(".maps");
struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 4);
  __type(key, char[16]);
  __type(value, struct aligned_one);
} aligned_table SEC(".maps");
struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, 4096);
} events SEC(".maps");

const volatile enum mood start = HASTY;
const volatile struct nested config;
struct flags live_flags = {.first = 5, .second = 9, .third = -2, .rest = 7};
union number live_number = {.whole = 0x100000002ull};
struct packed_one live_packed = {1, 2, 3};
enum wide live_wide = LARGE;
__s64 signed_total = -5;
unsigned __int128 big;
int class = 3;

const struct event *unused __attribute__((unused));

SEC("raw_tp/sys_enter")
int run(void *context) {
  struct event *event = bpf_ringbuf_reserve(&events, sizeof *event, 0);
  if (!event)
    return 0;
  __builtin_memset(event, 0, sizeof *event);
  event->number.whole = signed_total + class + start + config.kind + live_packed.value;
  event->flags = live_flags;
  bpf_ringbuf_submit(event, 0);
  return 0;
}

char LICENSE[] SEC("license") = "GPL";
