internal import Bytecode
internal import KernelInterface

extension HelperFunction {
  /// The last helper that each kernel added: helpers were numbered in the order in which they came.
  ///
  /// Source: `__BPF_FUNC_MAPPER` in `include/uapi/linux/bpf.h` of the tagged releases.
  static let lastOfKernel: [(helper: Int32, kernel: KernelVersion)] = [
    (3, KernelVersion(3, 19)), (11, KernelVersion(4, 1)), (16, KernelVersion(4, 2)), (22, KernelVersion(4, 3)),
    (25, KernelVersion(4, 4)), (26, KernelVersion(4, 5)), (30, KernelVersion(4, 6)), (36, KernelVersion(4, 8)),
    (41, KernelVersion(4, 9)), (44, KernelVersion(4, 10)), (45, KernelVersion(4, 11)), (47, KernelVersion(4, 12)),
    (50, KernelVersion(4, 13)), (53, KernelVersion(4, 14)), (57, KernelVersion(4, 15)), (59, KernelVersion(4, 16)),
    (64, KernelVersion(4, 17)), (80, KernelVersion(4, 18)), (83, KernelVersion(4, 19)), (90, KernelVersion(4, 20)),
    (92, KernelVersion(5, 0)), (98, KernelVersion(5, 1)), (108, KernelVersion(5, 2)), (110, KernelVersion(5, 3)),
    (115, KernelVersion(5, 5)), (118, KernelVersion(5, 6)), (124, KernelVersion(5, 7)), (135, KernelVersion(5, 8)),
    (141, KernelVersion(5, 9)), (155, KernelVersion(5, 10)), (162, KernelVersion(5, 11)), (163, KernelVersion(5, 12)),
    (165, KernelVersion(5, 13)), (168, KernelVersion(5, 14)), (175, KernelVersion(5, 15)), (179, KernelVersion(5, 16)),
    (185, KernelVersion(5, 17)), (193, KernelVersion(5, 18)), (203, KernelVersion(5, 19)), (207, KernelVersion(6, 0)),
    (209, KernelVersion(6, 1)), (211, KernelVersion(6, 2)),
  ]

  /// The first kernel with this helper, in whatever programs; nil for a number that no kernel has.
  var firstKernel: KernelVersion? {
    guard rawValue > 0 else { return nil }
    return Self.lastOfKernel.first { rawValue <= $0.helper }?.kernel
  }
}

extension KernelFeature {
  /// Helpers that came to a type of program later than into the kernel, or that must be built in.
  static func helperFacts(_ helper: HelperFunction, _ type: ProgramType) -> Facts {
    var facts = Facts("bpf_\(helper.description)", 3, 19)
    if let first = helper.firstKernel { facts.firstKernel = first }
    switch helper {
    case .overrideReturn: facts.options = ["CONFIG_BPF_KPROBE_OVERRIDE"]
    case .probeWriteUser: facts.lockdown = .integrity
    case .probeRead, .probeReadStr, .probeReadKernel, .probeReadKernelStr: facts.lockdown = .confidentiality
    case .getCurrentCgroupId, .getCurrentAncestorCgroupId: facts.options = ["CONFIG_CGROUPS"]
    default: break
    }
    return facts
  }
}
