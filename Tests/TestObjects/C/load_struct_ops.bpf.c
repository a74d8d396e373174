// Two ways of TCP to avoid congestion: one registered by a link, one by its map's value.
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

SEC("struct_ops")
__u32 BPF_PROG(threshold, struct sock *sk) { return 2; }

SEC("struct_ops")
void BPF_PROG(avoid, struct sock *sk, __u32 ack, __u32 acked) {}

SEC("struct_ops")
__u32 BPF_PROG(undo, struct sock *sk) { return 3; }

SEC("struct_ops")
__u32 BPF_PROG(unneeded, struct sock *sk) { return 4; }

SEC(".struct_ops.link")
struct tcp_congestion_ops linked = {
    .ssthresh = (void *)threshold,
    .cong_avoid = (void *)avoid,
    .undo_cwnd = (void *)undo,
    .name = "swift_load_a",
};

SEC(".struct_ops")
struct tcp_congestion_ops registered = {
    .ssthresh = (void *)threshold,
    .cong_avoid = (void *)avoid,
    .undo_cwnd = (void *)undo,
    .name = "swift_load_b",
};

SEC("?.struct_ops.link")
struct tcp_congestion_ops optional = {
    .ssthresh = (void *)unneeded,
    .cong_avoid = (void *)avoid,
    .undo_cwnd = (void *)undo,
    .name = "swift_load_c",
};

char LICENSE[] SEC("license") = "GPL";
