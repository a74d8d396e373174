// syscalls-per-user: prints each second how many system calls each user has made since the start, the busiest first:
//
//     root 48211
//     www-data 1034
//
// The kernel's side is C, compiled when this runs: it needs clang and libbpf's headers, and root.
import BPF
import Glibc

let source = CSource(
  """
  #include <linux/bpf.h>
  #include <bpf/bpf_helpers.h>

  struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, 1024);
    __type(key, __u32);
    __type(value, __u64);
  } calls SEC(".maps");

  SEC("raw_tp/sys_enter")
  int count_call(void *context) {
    __u32 user = bpf_get_current_uid_gid();
    __u64 one = 1, *count = bpf_map_lookup_elem(&calls, &user);
    if (count)
      __sync_fetch_and_add(count, 1);
    else
      bpf_map_update_elem(&calls, &user, &one, BPF_NOEXIST);
    return 0;
  }

  char LICENSE[] SEC("license") = "GPL";
  """, name: "syscalls.bpf.c")

/// A user as /etc/passwd names it, or the number.
func name(ofUser id: UInt32) -> String {
  guard let entry = getpwuid(id) else { return "\(id)" }
  return String(cString: entry.pointee.pw_name)
}

do {
  let object = try BPFObject(source: source)
  let calls = try HashMap<UInt32, UInt64>(object.map(named: "calls"))
  let links = try object.attach()
  defer { Link.close(links) }
  while true {
    try await Task.sleep(for: .seconds(1))
    for (user, count) in try calls.elements().sorted(by: { $0.value > $1.value }) {
      print(name(ofUser: user), count)
    }
  }
} catch {
  print("syscalls-per-user: \(error)")
  exit(1)
}
