// Programs that can be run by hand.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("tc")
int on_classify(struct __sk_buff *packet) {
  packet->cb[0] = 5;
  return 3;
}

SEC("xdp")
int on_packet(struct xdp_md *packet) { return 2; }

char LICENSE[] SEC("license") = "GPL";
