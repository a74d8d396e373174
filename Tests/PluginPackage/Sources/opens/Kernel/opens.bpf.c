#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct opened {
  __u32 process;
  __u32 user;
  char command[16];
};

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 1024);
  __type(key, __u32);
  __type(value, struct opened);
} opened SEC(".maps");

const volatile __u32 only_user = 0xffffffff;
__u64 total;

SEC("tp/syscalls/sys_enter_openat")
int on_open(void *context) {
  struct opened value = {.process = bpf_get_current_pid_tgid() >> 32, .user = bpf_get_current_uid_gid()};
  if (only_user != 0xffffffff && only_user != value.user)
    return 0;
  bpf_get_current_comm(value.command, sizeof value.command);
  bpf_map_update_elem(&opened, &value.process, &value, BPF_ANY);
  __sync_fetch_and_add(&total, 1);
  return 0;
}

char LICENSE[] SEC("license") = "GPL";
