import Testing

@testable import BPF

@Suite struct AttachTargetTests {
  @Test(
    arguments: [
      ("tp/sched/sched_switch", .tracepoint(category: "sched", name: "sched_switch")),
      ("tracepoint/syscalls/sys_enter_openat", .tracepoint(category: "syscalls", name: "sys_enter_openat")),
      ("raw_tp/sched_switch", .rawTracepoint("sched_switch")), ("raw_tracepoint.w/nbd", .rawTracepoint("nbd")),
      ("kprobe/vfs_read", .kprobe(.function("vfs_read"), onReturn: false)),
      ("?kprobe/vfs_read+0x10", .kprobe(.function("vfs_read", offset: 16), onReturn: false)),
      ("kprobe/do_one.isra.0+010", .kprobe(.function("do_one.isra.0", offset: 8), onReturn: false)),
      ("kprobe/0xffffffff81000000", .kprobe(.address(0xffff_ffff_8100_0000), onReturn: false)),
      ("kretprobe/vfs_read", .kprobe(.function("vfs_read"), onReturn: true)),
      ("ksyscall/execve", .kprobe(.systemCall("execve"), onReturn: false)),
      ("kretsyscall/execve", .kprobe(.systemCall("execve"), onReturn: true)),
      ("kprobe.multi/vfs_*", .kprobeMulti(pattern: "vfs_*", .entry)),
      ("kretprobe.multi/vfs_[rw]*", .kprobeMulti(pattern: "vfs_[rw]*", .exit)),
      ("kprobe.session/vfs_?ead", .kprobeMulti(pattern: "vfs_?ead", .session)),
      ("uprobe//bin/bash:readline", .uprobe(file: "/bin/bash", .function("readline"), onReturn: false)),
      ("uprobe.s/libc:malloc+4", .uprobe(file: "libc", .function("malloc", offset: 4), onReturn: false)),
      (
        "uretprobe/libc.so.6:memcpy@@GLIBC_2.14",
        .uprobe(file: "libc.so.6", .function("memcpy@@GLIBC_2.14"), onReturn: true)
      ),
      ("uprobe//a:b/c:0x1234", .uprobe(file: "/a:b/c", .fileOffset(0x1234), onReturn: false)),
      ("uprobe.multi//bin/x:*", .uprobeMulti(file: "/bin/x", pattern: "*", .entry)),
      ("uretprobe.multi.s/x:a*", .uprobeMulti(file: "x", pattern: "a*", .exit)),
      ("uprobe.session/x:a", .uprobeMulti(file: "x", pattern: "a", .session)),
      ("usdt//lib/libc.so.6:libc:setjmp", .usdt(file: "/lib/libc.so.6", provider: "libc", name: "setjmp")),
      ("iter/task", .iterator(kind: "task")), ("iter.s/bpf_map_elem", .iterator(kind: "bpf_map_elem")),
      ("fentry/vfs_read", .loaded), ("fexit.s/vfs_read", .loaded), ("tp_btf/sched_switch", .loaded),
      ("fentry.multi/vfs_*", .tracingMulti(pattern: "vfs_*")),
      ("?fexit.multi.s/vfs_*", .tracingMulti(pattern: "vfs_*")),
      ("fsession.multi/do_[ab]*", .tracingMulti(pattern: "do_[ab]*")), ("lsm/file_open", .loaded),
      ("fsession/vfs_read", .loaded), ("fmod_ret/x", .loaded),
    ] as [(String, AttachTarget)])
  func reads(section: String, target: AttachTarget) throws {
    #expect(try AttachTarget(section: section) == target)
  }

  @Test(arguments: ["kprobe", "usdt", "perf_event", "xdp", "uprobe", "tc/x", "cgroup/skb", "", "raw_tp", "freplace/f"])
  func leavesWhatNamesNoTarget(section: String) throws {
    #expect(try AttachTarget(section: section) == nil)
  }

  @Test(arguments: [
    "tp/sched", "tp/", "tp/a/b/c", "tp//x", "raw_tp/", "raw_tp/a b", "kprobe/", "kprobe/+4", "kprobe/a+", "kprobe/a+x",
    "kprobe/a b", "kprobe/0xzz", "kretprobe/vfs_read+4", "ksyscall/", "kprobe.multi/", "kprobe.multi/a b",
    "uprobe/malloc", "uprobe/:malloc", "uprobe/libc:", "uprobe/libc:a+z", "uprobe/libc:12x", "uprobe.multi/x",
    "fentry.multi/", "fexit.multi/a b", "usdt/a:b", "usdt/a::b", "usdt/:a:b", "iter/", "fentry/",
  ])
  func refusesOtherForms(section: String) {
    #expect {
      _ = try AttachTarget(section: section)
    } throws: { error in
      guard case AttachError.malformedTarget(section, let form) = error else { return false }
      return !form.isEmpty
    }
  }
}
