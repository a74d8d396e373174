// An arena with global variables in it.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#define __arena __attribute__((address_space(1)))
#define __ulong(name, number) enum { map_extra_number = number } name

struct {
  __uint(type, 33);
  __uint(map_flags, 1 << 10);
  __uint(max_entries, 2);
  __ulong(map_extra, 0x100000000000ull);
} memory SEC(".maps");

int __arena counter SEC(".addr_space.1") = 11;
int __arena other SEC(".addr_space.1") = 12;

SEC("syscall")
int add(void *context) {
  bpf_printk("%p", &memory);
  counter += other;
  return 0;
}

char LICENSE[] SEC("license") = "GPL";
