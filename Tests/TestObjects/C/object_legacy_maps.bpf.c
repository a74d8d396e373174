// Maps as objects defined them before BTF; with -DEXTENDED, in the longer form of iproute2.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct legacy_map {
  __u32 type, key_size, value_size, max_entries, map_flags;
#ifdef EXTENDED
  __u32 id, pinning, inner_id, inner_idx;
#endif
};

#ifdef NONZERO
#define TAIL , 1, 2, 3, 4
#else
#define TAIL
#endif

struct legacy_map counts SEC("maps") = {BPF_MAP_TYPE_HASH, 4, 8, 128, BPF_F_NO_PREALLOC TAIL};
struct legacy_map slots SEC("maps") = {BPF_MAP_TYPE_ARRAY, 4, 16, 2};

SEC("socket")
int filter(struct __sk_buff *packet) {
  __u32 key = 0;
  __u64 *value = bpf_map_lookup_elem(&counts, &key);
  if (value) *value += 1;
  return bpf_map_lookup_elem(&slots, &key) != 0;
}

char LICENSE[] SEC("license") = "GPL";
