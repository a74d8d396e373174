// A program whose name is longer than the kernel keeps, and that says something about itself.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

volatile const char bpf_metadata_author[] SEC(".rodata") = "somebody";
volatile const struct {
  int x, y;
} bpf_metadata_place SEC(".rodata") = {3, -4};
volatile const int other = 3;

SEC("socket")
int a_name_that_the_kernel_cuts(struct __sk_buff *packet) { return other; }

char LICENSE[] SEC("license") = "GPL";
