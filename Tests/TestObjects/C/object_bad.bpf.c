// Objects with one mistake each, by -D; without any, a good one.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct inner {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 1);
#ifdef PINNED_INNER
  __uint(pinning, LIBBPF_PIN_BY_NAME);
#endif
  __type(key, __u32);
  __type(value, __u32);
#ifdef NESTED
  __array(values, struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
  });
#endif
};

struct {
#ifndef NO_TYPE
  __uint(type, BPF_MAP_TYPE_HASH);
#endif
  __uint(max_entries, 64);
#ifdef UNKNOWN_MEMBER
  __uint(colour, 3);
#endif
#ifdef BAD_PINNING
  __uint(pinning, 7);
#endif
#ifdef BAD_NUMBER
  __u32 map_flags;
#endif
#ifdef SIZE_CONFLICT
  __uint(key_size, 8);
#endif
  __type(key, __u32);
  __type(value, __u64);
#ifdef VALUES_IN_HASH
  __array(values, struct inner);
#endif
} counts SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
  __uint(max_entries, 4);
  __type(key, __u32);
  __array(values, struct inner);
} outer SEC(".maps");

#ifdef NO_STRUCT
__u32 number SEC(".maps") = 1;
#endif

#ifdef WRONG_ELEMENT
struct {
  __uint(type, BPF_MAP_TYPE_PROG_ARRAY);
  __uint(max_entries, 4);
  __uint(key_size, 4);
  __array(values, int(void *));
} jumps SEC(".maps") = {.values = {(void *)&outer}};
#endif

#ifdef OPTION_TYPE
extern struct { int one, two; } CONFIG_PAIR __kconfig;
#endif

#ifdef ODD_SECTION
__u32 odd SEC("odd.section") = 1;
#endif

#ifdef TWO_ARENAS
struct {
  __uint(type, 33);
  __uint(max_entries, 1);
} one_arena SEC(".maps"), other_arena SEC(".maps");
int __attribute__((address_space(1))) inside SEC(".addr_space.1") = 1;
#endif

#ifdef UNKNOWN_SECTION
SEC("nowhere/sys_enter")
#else
SEC("raw_tp/sys_enter")
#endif
int entry(void *context) {
  __u32 key = 0;
  bpf_map_lookup_elem(&counts, &key);
  bpf_map_lookup_elem(&outer, &key);
#ifdef OPTION_TYPE
  key = CONFIG_PAIR.one;
#endif
#ifdef ODD_SECTION
  odd += 1;
#endif
  return key;
}

#ifdef OPEN_LICENSE
char LICENSE[3] SEC("license") = {'G', 'P', 'L'};
#else
char LICENSE[] SEC("license") = "GPL";
#endif
#ifdef LONG_VERSION
__u64 _version SEC("version") = 1;
#endif
