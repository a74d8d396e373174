// A congestion control of TCP: a struct of the kernel whose functions are programs.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

struct sock;

struct tcp_congestion_ops {
  void (*init)(struct sock *sk);
  __u32 (*ssthresh)(struct sock *sk);
  __u32 (*undo_cwnd)(struct sock *sk);
  __u32 flags;
  char name[16];
};

struct tcp_congestion_ops___local {
  __u32 (*ssthresh)(struct sock *sk);
  char name[16];
};

SEC("struct_ops/start")
void BPF_PROG(start, struct sock *sk) {}

SEC("struct_ops")
__u32 BPF_PROG(threshold, struct sock *sk) { return 2; }

SEC("struct_ops")
__u32 BPF_PROG(undo, struct sock *sk) { return 3; }

SEC(".struct_ops")
struct tcp_congestion_ops plain = {
    .init = (void *)start,
    .ssthresh = (void *)threshold,
    .undo_cwnd = (void *)undo,
    .flags = 1,
    .name = "swift_plain",
};

SEC(".struct_ops.link")
struct tcp_congestion_ops___local linked = {
    .ssthresh = (void *)threshold,
    .name = "swift_linked",
};

SEC("?.struct_ops.link")
struct tcp_congestion_ops optional = {
    .ssthresh = (void *)threshold,
    .name = "swift_optional",
};

char LICENSE[] SEC("license") = "GPL";
