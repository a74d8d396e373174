// Every way to define a map by BTF: types, sizes, flags, pinning, inner maps and first elements.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct key {
  __u32 number;
  __u32 zone;
};

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 64);
  __uint(map_flags, BPF_F_NO_PREALLOC | BPF_F_NUMA_NODE);
  __uint(numa_node, 1);
  __uint(pinning, LIBBPF_PIN_BY_NAME);
  __type(key, struct key);
  __type(value, __u64);
} typed SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __uint(max_entries, 2);
  __uint(key_size, 4);
  __uint(value_size, 12);
} sized SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, 4096);
} events SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_BLOOM_FILTER);
  __uint(max_entries, 100);
  __uint(map_extra, 3);
  __type(value, __u32);
} seen SEC(".maps");

struct inner {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 1);
  __type(key, __u32);
  __type(value, __u32);
};

struct inner first SEC(".maps"), second SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
  __uint(max_entries, 4);
  __type(key, __u32);
  __array(values, struct inner);
} outer SEC(".maps") = {
    .values = {[0] = &first, [2] = &second},
};

struct {
  __uint(type, BPF_MAP_TYPE_HASH_OF_MAPS);
  __uint(max_entries, 8);
  __uint(key_size, 4);
  __array(values, struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, 16);
    __uint(map_flags, BPF_F_INNER_MAP);
    __type(key, __u64);
    __type(value, __u8);
  });
} outer_hash SEC(".maps");

SEC("raw_tp/sys_exit")
int tail_one(void *context) { return 1; }

SEC("?raw_tp/sys_exit")
int tail_two(void *context) { return 2; }

struct {
  __uint(type, BPF_MAP_TYPE_PROG_ARRAY);
  __uint(max_entries, 3);
  __uint(key_size, sizeof(__u32));
  __array(values, int(void *));
} jumps SEC(".maps") = {
    .values = {[1] = &tail_one, [2] = &tail_two},
};

struct {
  __uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
  __uint(key_size, sizeof(__u32));
  __uint(value_size, sizeof(__u32));
} perf SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_TASK_STORAGE);
  __uint(map_flags, BPF_F_NO_PREALLOC);
  __type(key, int);
  __type(value, __u64);
} storage SEC(".maps");

SEC("raw_tp/sys_enter")
int entry(void *context) {
  struct key key = {1, 1};
  __u32 zero = 0;
  bpf_map_lookup_elem(&typed, &key);
  bpf_map_lookup_elem(&sized, &zero);
  void *map = bpf_map_lookup_elem(&outer, &zero);
  if (map) bpf_map_lookup_elem(map, &zero);
  bpf_ringbuf_output(&events, &zero, 4, 0);
  bpf_tail_call(context, &jumps, 1);
  return 0;
}

char LICENSE[] SEC("license") = "GPL";
