public import BTF
public import Bytecode
public import KernelInterface

/// Something that not every kernel can do and that is found out by trying.
///
///     KernelFeatures.running.has(.link(.traceKprobeMulti))
///     KernelFeatures.running.has(.helper(.loop, in: .xdp))
///     KernelFeatures.running.has(.program(.tracing, for: .traceFentry))
///
/// Each has a row in one of the tables beside this file: its name, its first kernel, what must be configured.
public enum KernelFeature: Hashable, Sendable {
  /// Programs of a type, meant for one kind of attachment where that has rules of its own; sleepable ones where asked.
  case program(ProgramType, for: AttachType? = nil, isSleepable: Bool = false)
  /// Maps of a type.
  case map(MapType)
  /// An option of maps.
  case mapOption(MapOption)
  /// A helper in programs of a type.
  case helper(HelperFunction, in: ProgramType)
  /// A function of the kernel, or of a module that is loaded, that programs may call, by its name in the type information.
  case kernelFunction(String)
  /// A kind of type in the type information of programs.
  case typeKind(BTFKind)
  /// A `bpf_link` for a kind of attachment.
  case link(AttachType)
  /// What belongs to none of the others.
  case ability(Ability)

  /// An option of maps, most of them a flag of their creation.
  public enum MapOption: Hashable, CaseIterable, Sendable {
    /// `BPF_F_MMAPABLE`: arrays that user space maps into its memory.
    case mappable
    /// `BPF_F_RDONLY_PROG`, and the frozen maps of read-only data.
    case readOnlyForPrograms
    /// `BPF_F_INNER_MAP`: inner maps of differing sizes.
    case innerMapsOfAnySize
    /// `BPF_MAP_FREEZE`.
    case freezing
    /// `BPF_MAP_LOOKUP_BATCH` and its like, on hash maps.
    case batches
    /// `BPF_MAP_LOOKUP_AND_DELETE_ELEM` on hash maps.
    case lookupAndDelete
    /// `map_name`.
    case names
    /// `BPF_F_NO_PREALLOC` on hash maps.
    case noPreallocation
    /// `BPF_F_NUMA_NODE`.
    case numaNode
  }

  /// What is neither a kind of program, map or link nor a function.
  public enum Ability: Hashable, CaseIterable, Sendable {
    /// Kprobes in this kernel at all, as perf events.
    case kprobes
    /// Uprobes in this kernel at all, as perf events.
    case uprobes
    /// The kernel's own type information.
    case typeInformation
    /// Type information for programs and maps: `BPF_BTF_LOAD`.
    case typeLoading
    /// Values of maps by address in instructions: global variables.
    case globalData
    /// Loops whose end the verifier finds.
    case boundedLoops
    /// More than 4096 instructions.
    case largePrograms
    /// Calls between functions of a program.
    case functionCalls
    /// Functions that are verified for themselves (`BTF_FUNC_GLOBAL`).
    case globalFunctions
    /// Jumps on the lower halves of registers: instruction set v3.
    case wordJumps
    /// Atomic operations that answer what was there before: instruction set v3.
    case fetchingAtomics
    /// Signed division, sign-extending moves and loads, byte swaps and long jumps: instruction set v4.
    case instructionSetV4
    /// The conditional jump `may_goto`, with which any loop ends.
    case mayGoto
    /// Loads and stores that order what is around them.
    case acquireRelease
    /// Cookies of raw tracepoint links.
    case rawTracepointCookie
    /// Cookies of fentry, fexit and LSM links.
    case tracingCookie
    /// Tokens, by which a process without privileges is given some of BPF.
    case tokens
    /// Run counts and times of programs (`BPF_ENABLE_STATS`).
    case runStatistics
    /// A link that goes away before its last descriptor (`BPF_LINK_DETACH`).
    case linkDetaching
    /// Maps that live as long as a program which does not use them (`BPF_PROG_BIND_MAP`).
    case mapBinding
  }
}

/// The features that the trace compiler and others ask for by a name of their own.
extension KernelFeature {
  /// `bpf_loop`.
  public static let loop = helper(.loop, in: .rawTracepoint)
  /// `bpf_for_each_map_elem`.
  public static let forEachMapElement = helper(.forEachMapElem, in: .rawTracepoint)
  /// `bpf_get_func_ip` in kprobe programs.
  public static let functionAddress = helper(.getFuncIp, in: .kprobe)
  /// `bpf_get_attach_cookie` in kprobe programs.
  public static let attachCookie = helper(.getAttachCookie, in: .kprobe)
  /// `bpf_get_ns_current_pid_tgid`.
  public static let namespacedProcessID = helper(.getNsCurrentPidTgid, in: .rawTracepoint)
  /// `bpf_get_current_task_btf`.
  public static let typedCurrentTask = helper(.getCurrentTaskBtf, in: .rawTracepoint)
  /// `bpf_probe_read_kernel`; a kernel in lockdown "confidentiality" has it and answers errors.
  public static let kernelReads = helper(.probeReadKernel, in: .rawTracepoint)
  /// `bpf_ktime_get_boot_ns`.
  public static let bootClock = helper(.ktimeGetBootNs, in: .rawTracepoint)
  /// `bpf_ktime_get_tai_ns`.
  public static let taiClock = helper(.ktimeGetTaiNs, in: .rawTracepoint)
  /// `bpf_map_lookup_percpu_elem`.
  public static let perCPULookup = helper(.mapLookupPercpuElem, in: .rawTracepoint)
  /// `bpf_get_current_cgroup_id`.
  public static let cgroupID = helper(.getCurrentCgroupId, in: .rawTracepoint)
  /// `bpf_send_signal`.
  public static let signals = helper(.sendSignal, in: .rawTracepoint)
  /// `bpf_probe_write_user`.
  public static let userWrites = helper(.probeWriteUser, in: .rawTracepoint)
  /// `bpf_override_return` in kprobe programs.
  public static let returnOverride = helper(.overrideReturn, in: .kprobe)
  /// Ring buffer maps.
  public static let ringBuffer = map(.ringBuffer)
  /// Links on perf events, which take a cookie.
  public static let perfEventLinks = link(.perfEvent)
  /// Kprobes in this kernel at all.
  public static let kprobes = ability(.kprobes)
  /// Many kprobes on one link.
  public static let kprobeMulti = link(.traceKprobeMulti)
  /// Entry and return of many kernel functions on one link.
  public static let kprobeSession = link(.traceKprobeSession)
  /// Uprobes in this kernel at all.
  public static let uprobes = ability(.uprobes)
  /// Many uprobes on one link.
  public static let uprobeMulti = link(.traceUprobeMulti)
  /// Entry and return of many functions of a file on one link.
  public static let uprobeSession = link(.traceUprobeSession)
  /// Atomic operations that answer what was there before: instruction set v3.
  public static let fetchingAtomics = ability(.fetchingAtomics)
  /// Signed division, sign-extending moves and long jumps: instruction set v4.
  public static let instructionSetV4 = ability(.instructionSetV4)
  /// More than 4096 instructions.
  public static let largePrograms = ability(.largePrograms)
  /// The kernel's own type information.
  public static let typeInformation = ability(.typeInformation)
}
