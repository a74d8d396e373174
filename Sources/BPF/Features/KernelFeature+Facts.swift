internal import BTF
internal import Bytecode
public import KernelInterface

extension KernelFeature {
  /// A row of the tables.
  struct Facts: Hashable, Sendable {
    /// As users know it.
    var name: String
    /// The first kernel that can have it, without what distributions added.
    var firstKernel: KernelVersion
    /// What it must be built with, all of them; a kernel can be without them.
    var options: [String] = []
    /// The mildest lockdown that forbids it.
    var lockdown: Lockdown?

    init(_ name: String, _ major: Int, _ minor: Int, _ options: String..., lockdown: Lockdown? = nil) {
      self.name = name
      firstKernel = KernelVersion(major, minor)
      self.options = options.map { "CONFIG_\($0)" }
      self.lockdown = lockdown
    }
  }

  /// As users know it: the helper's or the facility's name.
  public var name: String { facts.name }

  /// The first kernel that has it, when built to; distributions may have added it to older ones.
  ///
  /// Source: `include/uapi/linux/bpf.h` of the tagged releases, and the commits that added what has no number there.
  public var firstKernel: KernelVersion { facts.firstKernel }

  /// The build options without which a kernel does not have it: ["CONFIG_FPROBE"].
  public var options: [String] { facts.options }

  /// Every feature that has a row of its own, in the order of the support table.
  ///
  /// Helpers are listed in the program type in which they are most common; kfuncs are not listed, for each kernel's
  /// type information has its own.
  public static var all: [KernelFeature] {
    programTable.map(\.feature) + MapType.featureTable.map { .map($0.type) } + MapOption.allCases.map { .mapOption($0) }
      + linkTable.map { .link($0.type) } + typeKinds.map { .typeKind($0) } + Ability.allCases.map { .ability($0) }
  }

  var facts: Facts {
    switch self {
    case .program(let type, let attachType, let isSleepable):
      Self.programFacts(type, attachType, isSleepable)
    case .map(let type):
      MapType.featureTable.first { $0.type == type }?.facts ?? Facts("maps of \(type)", 3, 19)
    case .mapOption(let option): option.facts
    case .helper(let helper, let type): Self.helperFacts(helper, type)
    case .kernelFunction(let name): Facts("kfunc \(name)", 5, 13, "DEBUG_INFO_BTF")
    case .typeKind(let kind): Self.facts(of: kind)
    case .link(let type): Self.linkTable.first { $0.type == type }?.facts ?? Facts("links for \(type)", 5, 7)
    case .ability(let ability): ability.facts
    }
  }
}

extension KernelFeature.MapOption {
  var facts: KernelFeature.Facts {
    switch self {
    case .mappable: .init("memory-mapped arrays (BPF_F_MMAPABLE)", 5, 5)
    case .readOnlyForPrograms: .init("maps that programs only read (BPF_F_RDONLY_PROG)", 5, 2)
    case .innerMapsOfAnySize: .init("inner maps of differing sizes (BPF_F_INNER_MAP)", 5, 10)
    case .freezing: .init("frozen maps (BPF_MAP_FREEZE)", 5, 2)
    case .batches: .init("batches of map entries (BPF_MAP_LOOKUP_BATCH)", 5, 6)
    case .lookupAndDelete: .init("lookup and delete on hash maps", 5, 14)
    case .names: .init("names of maps", 4, 15)
    case .noPreallocation: .init("hash maps that are not preallocated (BPF_F_NO_PREALLOC)", 4, 6)
    case .numaNode: .init("maps on one NUMA node (BPF_F_NUMA_NODE)", 4, 14)
    }
  }
}

extension KernelFeature.Ability {
  var facts: KernelFeature.Facts {
    switch self {
    case .kprobes: .init("kprobes", 4, 17, "KPROBES", "KPROBE_EVENTS")
    case .uprobes: .init("uprobes", 4, 17, "UPROBES", "UPROBE_EVENTS")
    case .typeInformation: .init("kernel BTF", 5, 4, "DEBUG_INFO_BTF")
    case .typeLoading: .init("BTF of programs and maps (BPF_BTF_LOAD)", 4, 18)
    case .globalData: .init("global variables", 5, 2)
    case .boundedLoops: .init("bounded loops", 5, 3)
    case .largePrograms: .init("programs of more than 4096 instructions", 5, 2)
    case .functionCalls: .init("functions that call functions", 4, 16)
    case .globalFunctions: .init("global functions", 5, 6)
    case .wordJumps: .init("32-bit jumps of instruction set v3", 5, 1)
    case .fetchingAtomics: .init("atomic operations of instruction set v3", 5, 12)
    case .instructionSetV4: .init("instruction set v4", 6, 6)
    case .mayGoto: .init("may_goto", 6, 9)
    case .acquireRelease: .init("load-acquire and store-release", 6, 15)
    case .rawTracepointCookie: .init("cookies of raw tracepoint links", 6, 9)
    case .tracingCookie: .init("cookies of fentry, fexit and LSM links", 5, 19)
    case .tokens: .init("BPF tokens", 6, 9)
    case .runStatistics: .init("run statistics (BPF_ENABLE_STATS)", 5, 8)
    case .linkDetaching: .init("detaching of links (BPF_LINK_DETACH)", 5, 9)
    case .mapBinding: .init("binding of maps to programs (BPF_PROG_BIND_MAP)", 5, 10)
    }
  }
}
