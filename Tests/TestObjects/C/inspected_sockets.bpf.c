// A program for maps of sockets.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("sk_skb")
int on_message(struct __sk_buff *packet) { return SK_PASS; }

char LICENSE[] SEC("license") = "GPL";
