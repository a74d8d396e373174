// Maps as objects defined them before BTF; with -DEXTENDED, in the longer form of iproute2.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct legacy_map {
  __u32 type, key_size, value_size, max_entries, map_flags;
#ifdef EXTENDED
  __u32 id, pinning, inner_id, inner_idx;
#endif
#ifdef UNKNOWN_FIELD
  __u32 unknown;
#endif
};

struct legacy_map counts SEC("maps") = {
    .type = BPF_MAP_TYPE_HASH,
    .key_size = 4,
    .value_size = 8,
    .max_entries = 128,
    .map_flags = BPF_F_NO_PREALLOC,
#ifdef EXTENDED
    .pinning = 2,
#endif
#ifdef UNKNOWN_FIELD
    .unknown = 5,
#endif
};

#ifdef EXTENDED
struct legacy_map inner SEC("maps") = {BPF_MAP_TYPE_ARRAY, 4, 4, 1, .id = 42, .inner_idx = 3};
struct legacy_map outer SEC("maps") = {BPF_MAP_TYPE_ARRAY_OF_MAPS, 4, 4, 8, .inner_id = 42};
#endif

struct legacy_map slots SEC("maps") = {BPF_MAP_TYPE_ARRAY, 4, 16, 2};

SEC("socket")
int filter(struct __sk_buff *packet) {
  __u32 key = 0;
  __u64 *value = bpf_map_lookup_elem(&counts, &key);
  if (value) *value += 1;
  return bpf_map_lookup_elem(&slots, &key) != 0;
}

char LICENSE[] SEC("license") = "GPL";
