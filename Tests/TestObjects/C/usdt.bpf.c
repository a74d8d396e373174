// Programs that read the arguments of USDT probes as libbpf's users do.
#include <linux/bpf.h>
#include <linux/ptrace.h>
#include <stdbool.h>
#include <bpf/usdt.bpf.h>

struct result {
  __u64 count;
  __u64 arguments;
  __u64 cookie;
  long values[8];
};

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 1);
  __type(key, __u32);
  __type(value, struct result);
} results SEC(".maps");

SEC("usdt")
int arguments(struct pt_regs *ctx) {
  __u32 zero = 0;
  struct result *result = bpf_map_lookup_elem(&results, &zero);
  if (!result) return 0;
  __sync_fetch_and_add(&result->count, 1);
  result->arguments = bpf_usdt_arg_cnt(ctx);
  result->cookie = bpf_usdt_cookie(ctx);
  bpf_usdt_arg(ctx, 0, &result->values[0]);
  bpf_usdt_arg(ctx, 1, &result->values[1]);
  bpf_usdt_arg(ctx, 2, &result->values[2]);
  bpf_usdt_arg(ctx, 3, &result->values[3]);
  bpf_usdt_arg(ctx, 4, &result->values[4]);
  bpf_usdt_arg(ctx, 5, &result->values[5]);
  bpf_usdt_arg(ctx, 6, &result->values[6]);
  bpf_usdt_arg(ctx, 7, &result->values[7]);
  return 0;
}

// Each round's first argument is added: a probe of several places tells each its own.
SEC("usdt")
int sum(struct pt_regs *ctx) {
  __u32 zero = 0;
  struct result *result = bpf_map_lookup_elem(&results, &zero);
  long value;
  if (!result || bpf_usdt_arg(ctx, 0, &value)) return 0;
  __sync_fetch_and_add(&result->count, 1);
  __sync_fetch_and_add(&result->values[0], value);
  return 0;
}

char LICENSE[] SEC("license") = "GPL";
