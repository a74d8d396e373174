// Programs whose sections say what they are for, and not where.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
  __uint(type, BPF_MAP_TYPE_SOCKHASH);
  __type(key, int);
  __type(value, int);
  __uint(max_entries, 1);
} connections SEC(".maps");

unsigned long long frames, incoming, outgoing;

SEC("xdp")
int count_frames(struct xdp_md *context) {
  frames++;
  return XDP_PASS;
}

SEC("xdp/devmap")
int redirected(struct xdp_md *context) { return XDP_PASS; }

SEC("tc")
int count_incoming(struct __sk_buff *packet) {
  incoming++;
  return -1;
}

SEC("tcx/egress")
int count_outgoing(struct __sk_buff *packet) {
  outgoing++;
  return -1;
}

SEC("cgroup/skb")
int pass(struct __sk_buff *packet) { return 1; }

SEC("sockops")
int watch(struct bpf_sock_ops *operation) { return 1; }

SEC("perf_event")
int tick(void *context) { return 0; }

SEC("sk_lookup")
int choose(struct bpf_sk_lookup *lookup) { return SK_PASS; }

SEC("sk_msg")
int verdict(struct sk_msg_md *message) { return SK_PASS; }

SEC("socket")
int filter(struct __sk_buff *packet) { return 0; }

SEC("kprobe")
int anywhere(void *context) { return 0; }

char LICENSE[] SEC("license") = "GPL";
