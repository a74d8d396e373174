// A way of TCP to avoid congestion, whose name a test replaces by one of its own.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

struct sock;

struct tcp_congestion_ops {
  __u32 (*ssthresh)(struct sock *sk);
  void (*cong_avoid)(struct sock *sk, __u32 ack, __u32 acked);
  __u32 (*undo_cwnd)(struct sock *sk);
  char name[16];
};

SEC("struct_ops/threshold")
__u32 BPF_PROG(threshold, struct sock *sk) { return 2; }

SEC("struct_ops/avoid_with_a_long_name")
void BPF_PROG(avoid_with_a_long_name, struct sock *sk, __u32 ack, __u32 acked) {}

SEC("struct_ops/undo")
__u32 BPF_PROG(undo, struct sock *sk) { return 3; }

SEC(".struct_ops")
struct tcp_congestion_ops swops_00000000 = {
    .ssthresh = (void *)threshold,
    .cong_avoid = (void *)avoid_with_a_long_name,
    .undo_cwnd = (void *)undo,
    .name = "swops_00000000",
};

char LICENSE[] SEC("license") = "GPL";
