internal import LinuxSystem

extension BPFError {
  /// What to do about it; nil when there is nothing to say beyond the facts.
  public var remedy: String? {
    switch self {
    case .systemCall(let error): error.remedy
    case .programRefused(let refusal): refusal.remedies.first
    case .mapRefused(let refusal): refusal.remedy
    case .attachRefused(let refusal): refusal.remedy
    case .attach(let error): error.remedy
    case .unresolvedMap: "give the maps in the order of the references in the code"
    case .noSuchFunction: "load the program from an object with type information (clang -g)"
    case .noKernelLink: "keep the Link, and pin the program instead: Program.pin(at:)"
    case .pinnedMapDiffers: "remove that pin, or take another path"
    default: nil
    }
  }
}

extension SystemCallError {
  /// What a failed call of `bpf(2)` or its kin asks for.
  ///
  /// Source: the checks of the commands in `kernel/bpf/syscall.c`, `kernel/bpf/inode.c` and `kernel/events/core.c`.
  fileprivate var remedy: String? {
    switch (call, errno) {
    case ("bpf(BPF_OBJ_PIN)", .notPermitted), ("bpf(BPF_OBJ_PIN)", .invalidArgument):
      "pins need a bpf file system: mount -t bpf bpf /sys/fs/bpf; names there have no dots"
    case ("bpf(BPF_OBJ_PIN)", .noSuchFileOrDirectory): "make the folder first"
    case ("bpf(BPF_OBJ_PIN)", .fileExists): "remove what is pinned there, or take another name"
    case ("bpf(BPF_OBJ_GET)", .permissionDenied): "the pin's owner and mode do not let this user open it"
    case ("bpf(BPF_PROG_GET_FD_BY_ID)", .notPermitted), ("bpf(BPF_MAP_GET_FD_BY_ID)", .notPermitted),
      ("bpf(BPF_LINK_GET_FD_BY_ID)", .notPermitted), ("bpf(BPF_BTF_GET_FD_BY_ID)", .notPermitted):
      "objects are opened by their numbers with CAP_SYS_ADMIN only"
    case ("bpf(BPF_LINK_CREATE)", .invalidArgument):
      "the program must be of the type and expected attach type of the place, and the kernel have such links"
    case ("bpf(BPF_LINK_CREATE)", .notSupported): "this kernel was built without what such links need"
    case ("bpf(BPF_LINK_CREATE)", .notPermitted):
      "run as root, or with CAP_BPF and CAP_PERFMON, for networks CAP_NET_ADMIN"
    case ("bpf(BPF_LINK_CREATE)", .resourceBusy), ("bpf(BPF_LINK_CREATE)", .fileExists):
      "the program, or another one that lets no other in, is attached there already"
    case ("bpf(BPF_RAW_TRACEPOINT_OPEN)", .noSuchFileOrDirectory):
      "raw tracepoints are named as in <trace/events/…>, without a category"
    case ("bpf(BPF_RAW_TRACEPOINT_OPEN)", .invalidArgument):
      "the program must be of type raw_tracepoint, or be loaded for what it attaches to"
    case ("bpf(BPF_LINK_UPDATE)", .invalidArgument), ("bpf(BPF_LINK_UPDATE)", .notSupported):
      "links of this kind keep their program: close the link and attach the other program"
    case ("bpf(BPF_LINK_UPDATE)", .notPermitted):
      "another program is attached than the one to be replaced: ask Link.info() which"
    case ("bpf(BPF_LINK_DETACH)", .notSupported), ("bpf(BPF_LINK_DETACH)", .invalidArgument):
      "links of this kind are taken off when nobody holds them: close() them, and remove their pins"
    case ("bpf(BPF_PROG_TEST_RUN)", .notSupportedByKernel): "programs of this type cannot be run by themselves"
    case ("bpf(BPF_MAP_FREEZE)", .resourceBusy): "unmap the map's memory, or it is frozen already"
    case ("bpf(BPF_TOKEN_CREATE)", .noSuchFileOrDirectory):
      "nothing is delegated to that file system: mount it with delegate_cmds, delegate_maps, delegate_progs, delegate_attachs"
    case ("bpf(BPF_TOKEN_CREATE)", .notSupported): "tokens are for user name spaces other than the first"
    case ("bpf(BPF_TOKEN_CREATE)", .invalidArgument):
      "the path must be the root of a bpf file system, and the kernel have tokens (Linux 6.9)"
    case ("bpf(BPF_TOKEN_CREATE)", .notPermitted):
      "the file system belongs to another user name space, or CAP_BPF is missing in this one"
    case ("perf_event_open", .permissionDenied), ("perf_event_open", .notPermitted):
      "run as root, or with CAP_PERFMON; kernel.perf_event_paranoid limits others"
    case ("perf_event_open", .noSuchFileOrDirectory), ("perf_event_open", .notSupported),
      ("perf_event_open", .noSuchDevice):
      "this machine or kernel has no such event; virtual machines often have no hardware counters"
    case ("perf_event_open", .tooManyOpenFiles):
      "raise the limit of open files (ulimit -n), or attach by one link to many"
    default: nil
    }
  }
}
