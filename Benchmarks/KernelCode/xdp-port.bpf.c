#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#include <bpf/bpf_endian.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/udp.h>
const volatile __u16 blocked_port = 9;

SEC("xdp")
int firewall(struct xdp_md *context) {
  void *data = (void *)(long)context->data, *end = (void *)(long)context->data_end;
  struct ethhdr *ethernet = data;
  struct iphdr *ip = (void *)(ethernet + 1);
  struct udphdr *udp = (void *)(ip + 1);
  if ((void *)(ethernet + 1) > end || ethernet->h_proto != bpf_htons(ETH_P_IP))
    return XDP_PASS;
  if ((void *)(ip + 1) > end || ip->protocol != IPPROTO_UDP || *(__u8 *)ip != 0x45)
    return XDP_PASS;
  if ((void *)(udp + 1) > end)
    return XDP_PASS;
  return bpf_ntohs(udp->dest) == blocked_port ? XDP_DROP : XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
