// Maps whose keys and values have types, of every sort that an inspector prints.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

enum color { RED = 1, GREEN = 2, COLD = -5 };

struct point {
  int x;
  char letter;
  _Bool is_set;
};

// What every version of bpftool prints alike.
struct common {
  __u32 pid;
  char comm[8];
  struct point in;
  int numbers[3];
  struct point two[2];
  enum color color;
  __u8 bytes[4];
  unsigned long long large;
  signed char tiny;
  short small;
  int nothing[0];
  struct {
  } empty;
};

// What bpftool prints in a form that is no JSON, or that loses members.
struct odd {
  void *pointer;
  unsigned three : 3;
  int five : 5;
  union {
    int whole;
    char low;
  };
  struct {
    long inner;
  };
  __int128 wide;
};

struct pair {
  int a, b;
};

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __type(key, struct pair);
  __type(value, struct common);
  __uint(max_entries, 4);
} commons SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __type(key, int);
  __type(value, struct odd);
  __uint(max_entries, 4);
} odds SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_HASH);
  __type(key, __u32);
  __type(value, struct point);
  __uint(max_entries, 4);
} points SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __type(key, __u32);
  __type(value, __u64);
  __uint(max_entries, 3);
} numbers SEC(".maps");

int counter = 5;
static volatile char text[6] = "hello";
char silence[4];

SEC("socket")
int use(void *context) {
  struct pair pair = {1, 2};
  __u32 key = 1;
  return !!bpf_map_lookup_elem(&commons, &pair) + !!bpf_map_lookup_elem(&odds, &key) +
         !!bpf_map_lookup_elem(&points, &key) + !!bpf_map_lookup_elem(&numbers, &key) + counter + text[1] + silence[2];
}

char LICENSE[] SEC("license") = "GPL";
