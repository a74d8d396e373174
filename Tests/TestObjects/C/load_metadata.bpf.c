// What an object says of itself, in constants that no program reads.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

const char bpf_metadata_author[] = "somebody";
const int bpf_metadata_revision = 7;

SEC("raw_tp/sys_enter")
int silent(void *context) { return 0; }

char LICENSE[] SEC("license") = "GPL";
