internal import BTF
internal import KernelInterface

extension KernelFeature {
  /// Source: the commits that added a case to `link_create` in `kernel/bpf/syscall.c`.
  static let linkTable: [(type: AttachType, facts: Facts)] = [
    (.cgroupInetIngress, Facts("links on cgroups", 5, 7, "CGROUP_BPF")),
    (.flowDissector, Facts("links on network name spaces", 5, 8)),
    (.traceIterator, Facts("iterator links", 5, 8, "DEBUG_INFO_BTF")),
    (.xdp, Facts("xdp links", 5, 9)),
    (.perfEvent, Facts("links on perf events", 5, 15, "PERF_EVENTS")),
    (.traceKprobeMulti, Facts("kprobe_multi", 5, 18, "FPROBE", "KPROBES")),
    (.structOps, Facts("struct_ops links", 6, 4, "BPF_JIT", "DEBUG_INFO_BTF")),
    (.netfilter, Facts("netfilter links", 6, 4, "NETFILTER_BPF_LINK")),
    (.tcxIngress, Facts("tcx links", 6, 6, "NET_XGRESS")),
    (.traceUprobeMulti, Facts("uprobe_multi", 6, 6, "UPROBES")),
    (.netkitPrimary, Facts("netkit links", 6, 7, "NETKIT")),
    (.traceKprobeSession, Facts("kprobe_session", 6, 10, "FPROBE", "KPROBES")),
    (.skSkbVerdict, Facts("links on socket maps", 6, 10, "NET_SOCK_MSG")),
    (.traceUprobeSession, Facts("uprobe_session", 6, 13, "UPROBES")),
    (
      .traceFentryMulti,
      Facts("tracing links on many functions", 7, 2, "DEBUG_INFO_BTF", "DYNAMIC_FTRACE_WITH_DIRECT_CALLS")
    ),
  ]

  /// The kinds of types that a kernel may not know in a program's type information.
  static let typeKinds = BTFKind.allCases.filter { $0 != .void }

  static func facts(of kind: BTFKind) -> Facts {
    let name = "BTF_KIND_\(kind.kernelName)"
    return switch kind {
    case .function, .functionPrototype: Facts(name, 5, 0)
    case .variable, .dataSection: Facts(name, 5, 2)
    case .float: Facts(name, 5, 13)
    case .declarationTag: Facts(name, 5, 16)
    case .typeTag: Facts(name, 5, 17)
    case .enumeration64: Facts(name, 6, 0)
    default: Facts(name, 4, 18)
    }
  }
}
