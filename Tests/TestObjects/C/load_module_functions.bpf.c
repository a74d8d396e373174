// Kernel functions of a module: connection tracking, which Debian's kernels have as nf_conntrack.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct nf_conn;

// Its first 12 bytes are those of every kernel.
struct bpf_ct_opts___first {
  __s32 netns_id;
  __s32 error;
  __u8 l4proto;
  __u8 dir;
  __u8 reserved[2];
};

extern struct nf_conn *bpf_xdp_ct_lookup(struct xdp_md *, struct bpf_sock_tuple *, __u32, struct bpf_ct_opts___first *,
                                         __u32) __ksym;
extern void bpf_ct_release(struct nf_conn *) __ksym;

int error;

SEC("xdp")
int look_up(struct xdp_md *context) {
  struct bpf_ct_opts___first options = {.netns_id = BPF_F_CURRENT_NETNS, .l4proto = 17};
  struct bpf_sock_tuple tuple = {};
  tuple.ipv4.saddr = tuple.ipv4.daddr = 0x0100007f;
  tuple.ipv4.sport = tuple.ipv4.dport = 0x0900;
  struct nf_conn *connection = bpf_xdp_ct_lookup(context, &tuple, sizeof(tuple.ipv4), &options, sizeof(options));
  if (connection) {
    bpf_ct_release(connection);
    return XDP_DROP;
  }
  error = options.error;
  return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
