internal import Bytecode

/// Something that not every kernel can do and that is found out by trying.
public enum KernelFeature: Hashable, CaseIterable, Sendable {
  /// `bpf_loop`.
  case loop
  /// `bpf_for_each_map_elem`.
  case forEachMapElement
  /// `bpf_get_func_ip` in kprobe programs.
  case functionAddress
  /// `bpf_get_attach_cookie` in kprobe programs.
  case attachCookie
  /// `bpf_get_ns_current_pid_tgid`.
  case namespacedProcessID
  /// `bpf_get_current_task_btf`.
  case typedCurrentTask
  /// `bpf_probe_read_kernel`; a kernel in lockdown "confidentiality" has it and answers errors.
  case kernelReads
  /// `bpf_ktime_get_boot_ns`.
  case bootClock
  /// `bpf_ktime_get_tai_ns`.
  case taiClock
  /// `bpf_map_lookup_percpu_elem`.
  case perCPULookup
  /// `bpf_get_current_cgroup_id`.
  case cgroupID
  /// `bpf_send_signal`.
  case signals
  /// `bpf_probe_write_user`.
  case userWrites
  /// `bpf_override_return` in kprobe programs.
  case returnOverride
  /// Ring buffer maps.
  case ringBuffer
  /// Links on perf events, which take a cookie.
  case perfEventLinks
  /// Kprobes in this kernel at all.
  case kprobes
  /// Many kprobes on one link.
  case kprobeMulti
  /// Entry and return of many kernel functions on one link.
  case kprobeSession
  /// Uprobes in this kernel at all.
  case uprobes
  /// Many uprobes on one link.
  case uprobeMulti
  /// Atomic operations that answer what was there before: instruction set v3.
  case fetchingAtomics
  /// Signed division, sign-extending moves and long jumps: instruction set v4.
  case instructionSetV4
  /// More than 4096 instructions.
  case largePrograms
  /// The kernel's own type information.
  case typeInformation

  /// How to find out.
  enum Probe {
    case helper(HelperFunction, in: ProgramType)
    case custom
  }

  /// A row of the table below.
  struct Facts {
    /// As users know it.
    var name: String
    /// The first kernel that can have it, without what distributions added.
    var firstKernel: KernelVersion
    var probe: Probe
  }

  /// As users know it: the helper's or the facility's name.
  public var name: String { facts.name }

  /// The first kernel that has it, when built to.
  public var firstKernel: KernelVersion { facts.firstKernel }

  /// First kernels: the commits that added each, as `include/uapi/linux/bpf.h` of the tagged releases shows.
  var facts: Facts {
    switch self {
    case .loop: helper(.loop, 5, 17)
    case .forEachMapElement: helper(.forEachMapElem, 5, 13)
    case .functionAddress: helper(.getFuncIp, 5, 15, in: .kprobe)
    case .attachCookie: helper(.getAttachCookie, 5, 15, in: .kprobe)
    case .namespacedProcessID: helper(.getNsCurrentPidTgid, 5, 7)
    case .typedCurrentTask: helper(.getCurrentTaskBtf, 5, 11)
    case .kernelReads: helper(.probeReadKernel, 5, 5)
    case .bootClock: helper(.ktimeGetBootNs, 5, 8)
    case .taiClock: helper(.ktimeGetTaiNs, 6, 1)
    case .perCPULookup: helper(.mapLookupPercpuElem, 5, 19)
    case .cgroupID: helper(.getCurrentCgroupId, 4, 18)
    case .signals: helper(.sendSignal, 5, 3)
    case .userWrites: helper(.probeWriteUser, 4, 8)
    case .returnOverride: helper(.overrideReturn, 4, 16, in: .kprobe)
    case .ringBuffer: custom("ring buffer maps", 5, 8)
    case .perfEventLinks: custom("links on perf events", 5, 15)
    case .kprobes: custom("kprobes", 4, 17)
    case .kprobeMulti: custom("kprobe_multi", 5, 18)
    case .kprobeSession: custom("kprobe_session", 6, 10)
    case .uprobes: custom("uprobes", 4, 17)
    case .uprobeMulti: custom("uprobe_multi", 6, 6)
    case .fetchingAtomics: custom("atomic operations of instruction set v3", 5, 12)
    case .instructionSetV4: custom("instruction set v4", 6, 6)
    case .largePrograms: custom("programs of more than 4096 instructions", 5, 2)
    case .typeInformation: custom("kernel BTF", 5, 4)
    }
  }

  private func helper(
    _ helper: HelperFunction, _ major: Int, _ minor: Int, in type: ProgramType = .rawTracepoint
  ) -> Facts {
    Facts(
      name: "bpf_\(helper.description)", firstKernel: KernelVersion(major, minor), probe: .helper(helper, in: type))
  }

  private func custom(_ name: String, _ major: Int, _ minor: Int) -> Facts {
    Facts(name: name, firstKernel: KernelVersion(major, minor), probe: .custom)
  }
}

/// Whether a kernel can do something, and what says that it cannot.
public enum KernelFeatureAvailability: Hashable, Sendable {
  /// It can.
  case available
  /// It cannot.
  case missing(Reason)

  /// What was tried and failed.
  public enum Reason: Hashable, Sendable {
    /// The kernel does not know the helper.
    case unknownHelper
    /// The kernel knows the helper and forbids it to this kind of program, be it by its version, its configuration or
    /// lockdown.
    case forbiddenHelper
    /// A call failed that would not have failed so with the feature.
    case refused(call: String, errno: Int32)
    /// A file that comes with the feature is not there.
    case noFile(path: String)
    /// Privileges are missing, so nothing could be tried.
    case notPermitted
  }

  /// Whether it can.
  public var isAvailable: Bool { self == .available }
}
