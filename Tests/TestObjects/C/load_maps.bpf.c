// Maps whose first elements the object fills in, and a map that is pinned by name.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

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
} outer SEC(".maps") = {.values = {[0] = &first, [3] = &second}};

int called(void *context);

struct {
  __uint(type, BPF_MAP_TYPE_PROG_ARRAY);
  __uint(max_entries, 3);
  __uint(key_size, 4);
  __array(values, int(void *));
} jumps SEC(".maps") = {.values = {[2] = (void *)&called}};

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 1);
  __type(key, __u32);
  __type(value, __u64);
  __uint(pinning, LIBBPF_PIN_BY_NAME);
} load_pinned SEC(".maps");

SEC("raw_tp/sys_enter")
int called(void *context) { return 77; }

SEC("raw_tp/sys_enter")
int calls(void *context) {
  __u32 zero = 0, three = 3, *value;
  __u64 *pinned = bpf_map_lookup_elem(&load_pinned, &zero);
  if (pinned)
    ++*pinned;
  void *inner = bpf_map_lookup_elem(&outer, &three);
  if (!inner)
    return 1;
  value = bpf_map_lookup_elem(inner, &zero);
  if (!value)
    return 2;
  *value = 9;
  bpf_tail_call(context, &jumps, 2);
  return 3;
}

char LICENSE[] SEC("license") = "GPL";
