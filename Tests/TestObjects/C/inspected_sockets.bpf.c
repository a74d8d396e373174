// A program for maps of sockets, and one that takes packets apart.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("sk_skb")
int on_message(struct __sk_buff *packet) { return SK_PASS; }

SEC("flow_dissector")
int dissect(struct __sk_buff *packet) { return BPF_OK; }

char LICENSE[] SEC("license") = "GPL";
