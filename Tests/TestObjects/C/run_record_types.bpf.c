// Ring buffers whose records' types are said in different ways, or not at all.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#define BUFFER(name)                                                                                                   \
  struct {                                                                                                             \
    __uint(type, BPF_MAP_TYPE_RINGBUF);                                                                                \
    __uint(max_entries, 4096);                                                                                         \
  } name SEC(".maps")

// The context has "event" in its name, and the kernel's is meant.
struct trace_event_raw_sys_enter {
  long id;
} __attribute__((preserve_access_index));

struct open_event {
  int descriptor;
};
struct closed {
  int status;
};
struct other {
  int number;
};

BUFFER(opens);
BUFFER(closings);
BUFFER(strays);

#ifdef POINTER_OF_THAT_NAME
struct closed *closings_record;
struct other *something_else;
#endif
#ifdef ONE_POINTER
const struct closed *unused __attribute__((unused));
#endif

// Keeps the types.
struct open_event kept_open;
struct closed kept_closed;
struct other kept_other;
long last;

SEC("raw_tp/sys_enter")
int on_enter(struct trace_event_raw_sys_enter *context) {
  last = (long)__builtin_preserve_access_index(&context->id);
  if (bpf_ringbuf_query(&opens, 0) + bpf_ringbuf_query(&closings, 0) + bpf_ringbuf_query(&strays, 0))
    return 1;
  return 0;
}

char LICENSE[] SEC("license") = "GPL";
