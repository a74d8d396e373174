import KernelInterface
import Testing

@testable import BPF

@Suite struct SectionDefinitionTests {
  /// Every name that libbpf 1.1 (Debian 12) knows, alone and with a target, with the program type and the expected
  /// attach type that its `libbpf_prog_type_by_name` answers.
  private static let answers = """
    kprobe 2 0
    kprobe/x 2 0
    kretprobe 2 0
    kretprobe/x 2 0
    kprobe.multi 2 42
    kprobe.multi/x 2 42
    kretprobe.multi 2 42
    kretprobe.multi/x 2 42
    ksyscall 2 0
    ksyscall/x 2 0
    kretsyscall 2 0
    kretsyscall/x 2 0
    uprobe 2 0
    uprobe/x 2 0
    uprobe.s 2 0
    uprobe.s/x 2 0
    uretprobe 2 0
    uretprobe/x 2 0
    uretprobe.s 2 0
    uretprobe.s/x 2 0
    usdt 2 0
    usdt/x 2 0
    perf_event 7 0
    tracepoint 5 0
    tracepoint/x 5 0
    tp 5 0
    tp/x 5 0
    raw_tracepoint 17 0
    raw_tracepoint/x 17 0
    raw_tp 17 0
    raw_tp/x 17 0
    raw_tracepoint.w 24 0
    raw_tracepoint.w/x 24 0
    raw_tp.w 24 0
    raw_tp.w/x 24 0
    tp_btf 26 23
    tp_btf/x 26 23
    fentry 26 24
    fentry/x 26 24
    fentry.s 26 24
    fentry.s/x 26 24
    fexit 26 25
    fexit/x 26 25
    fexit.s 26 25
    fexit.s/x 26 25
    fmod_ret 26 26
    fmod_ret/x 26 26
    fmod_ret.s 26 26
    fmod_ret.s/x 26 26
    freplace 28 0
    freplace/x 28 0
    iter 26 28
    iter/x 26 28
    iter.s 26 28
    iter.s/x 26 28
    lsm 29 27
    lsm/x 29 27
    lsm.s 29 27
    lsm.s/x 29 27
    lsm_cgroup 29 43
    lsm_cgroup/x 29 43
    xdp 6 37
    xdp.frags 6 37
    xdp/devmap 6 33
    xdp.frags/devmap 6 33
    xdp/cpumap 6 35
    xdp.frags/cpumap 6 35
    tc 3 0
    classifier 3 0
    action 4 0
    flow_dissector 22 17
    lwt_in 10 0
    lwt_out 11 0
    lwt_xmit 12 0
    lwt_seg6local 19 0
    socket 1 0
    sockops 13 3
    sk_lookup 30 36
    sk_msg 16 7
    sk_reuseport 21 39
    sk_reuseport/migrate 21 40
    sk_skb 14 0
    sk_skb/stream_parser 14 4
    sk_skb/stream_verdict 14 5
    cgroup/dev 15 6
    cgroup/skb 8 0
    cgroup_skb/ingress 8 0
    cgroup_skb/egress 8 1
    cgroup/sock 9 2
    cgroup/sock_create 9 2
    cgroup/sock_release 9 34
    cgroup/post_bind4 9 12
    cgroup/post_bind6 9 13
    cgroup/bind4 18 8
    cgroup/bind6 18 9
    cgroup/connect4 18 10
    cgroup/connect6 18 11
    cgroup/sendmsg4 18 14
    cgroup/sendmsg6 18 15
    cgroup/recvmsg4 18 19
    cgroup/recvmsg6 18 20
    cgroup/getpeername4 18 29
    cgroup/getpeername6 18 30
    cgroup/getsockname4 18 31
    cgroup/getsockname6 18 32
    cgroup/sysctl 23 18
    cgroup/getsockopt 25 21
    cgroup/setsockopt 25 22
    struct_ops 27 0
    struct_ops/x 27 0
    syscall 31 0
    lirc_mode2 20 16
    """

  /// Names of libbpf releases after 1.1, for whose rows the documentation is the source.
  private static let newer: Set<String> = [
    "cgroup/connect_unix", "cgroup/getpeername_unix", "cgroup/getsockname_unix", "cgroup/recvmsg_unix",
    "cgroup/sendmsg_unix", "fentry.multi", "fentry.multi.s", "fexit.multi", "fexit.multi.s", "fsession",
    "fsession.multi", "fsession.multi.s", "fsession.s", "kprobe.session", "netfilter", "netkit/peer",
    "netkit/primary", "raw_tp.s", "raw_tracepoint.s", "sk_skb/verdict", "struct_ops.s", "tc/egress", "tc/ingress",
    "tcx/egress", "tcx/ingress", "tp.s", "tp_btf.s", "tracepoint.s", "uprobe.multi", "uprobe.multi.s",
    "uprobe.session", "uprobe.session.s", "uretprobe.multi", "uretprobe.multi.s", "usdt.s",
  ]

  private static var known: [(name: String, type: UInt32, attachType: UInt32)] {
    answers.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard words.count == 3, let type = UInt32(words[1]), let attachType = UInt32(words[2]) else { return nil }
      return (String(words[0]), type, attachType)
    }
  }

  @Test func libbpfsAnswers() throws {
    #expect(Self.known.count == 112)
    for (name, type, attachType) in Self.known {
      let definition = try #require(SectionDefinition(sectionName: name), "\(name)")
      #expect(definition.programType.rawValue == type, "\(name)")
      #expect((definition.expectedAttachType?.rawValue ?? 0) == attachType, "\(name)")
    }
  }

  /// What libbpf does not know, neither do we, but for newer names.
  @Test func everyRow() {
    let known = Set(Self.known.map(\.name))
    #expect(SectionDefinition.table.count == 116)
    #expect(Set(SectionDefinition.table.map(\.prefix)).count == 116)
    for row in SectionDefinition.table {
      #expect(known.contains(row.prefix) != Self.newer.contains(row.prefix), "\(row.prefix)")
      let extended = SectionDefinition(sectionName: row.prefix + "/x")
      #expect((extended != nil) == row.traits.contains(.namesTarget), "\(row.prefix)")
      if known.contains(row.prefix) { #expect(known.contains(row.prefix + "/x") == (extended != nil), "\(row.prefix)") }
      #expect(extended?.target == (extended == nil ? nil : "x"))
      if row.prefix.split(separator: "/")[0].split(separator: ".").contains("s") {
        #expect(row.traits.contains(.sleepable), "\(row.prefix)")
      }
      #expect(row.traits.contains(.packetFragments) == row.prefix.contains(".frags"))
      if row.attachment != nil { #expect(row.traits.contains(.namesTarget), "\(row.prefix)") }
    }
  }

  @Test func targets() throws {
    let probe = try #require(SectionDefinition(sectionName: "uprobe.s//usr/lib/libc.so.6:malloc+4"))
    #expect(probe.target == "/usr/lib/libc.so.6:malloc+4")
    #expect(probe.loadFlags == .sleepable)
    #expect(probe.attachment == .uprobe)
    let point = try #require(SectionDefinition(sectionName: "tp/syscalls/sys_enter_openat"))
    #expect(point.target == "syscalls/sys_enter_openat")
    #expect(SectionDefinition(sectionName: "kprobe")?.target == nil)
    #expect(SectionDefinition(sectionName: "kprobe/")?.target == nil)
    #expect(SectionDefinition(sectionName: "xdp.frags/cpumap")?.loadFlags == .fragments)
  }

  @Test(arguments: ["", "/", "xdp/eth0", "kprobes/x", "kprob", "fentry.x/f", "?kprobe/x", "cgroup/", ".text", "tc/x"])
  func unknown(name: String) {
    #expect(SectionDefinition(sectionName: name) == nil)
  }
}
