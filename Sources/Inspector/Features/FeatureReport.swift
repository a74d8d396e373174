internal import BPF
internal import Bytecode
public import KernelInterface
internal import LinuxSystem

/// What this kernel can do, found out by trying, and why not what it cannot.
public struct FeatureReport: Sendable {
  /// An answer to one question.
  struct Answer: Sendable {
    var name: String
    var isAvailable: Bool
    /// Why not; nil when it is there.
    var reason: String?
  }

  /// A setting of the running kernel, or an option that it was built with.
  struct Setting: Sendable {
    var name: String
    /// Nil when it is not there, or not set.
    var value: String?
  }

  var settings: [Setting] = []
  var options: [Setting] = []
  var hasSystemCall: Answer
  var programs: [Answer] = []
  /// Kinds within a type of programs: by what they attach to, and whether they may sleep.
  var programKinds: [Answer] = []
  var maps: [Answer] = []
  var links: [Answer] = []
  var abilities: [Answer] = []
  /// The helpers of each type of programs.
  var helpers: [(type: ProgramType, names: [String])] = []

  /// Tries everything.
  ///
  /// - Parameters:
  ///   - isFull: also helpers whose trial leaves a trace in the kernel's log.
  ///   - isFresh: whether nothing is taken for known that was tried before, maybe with other privileges.
  public init(isFull: Bool, isFresh: Bool = false, kernel: any KernelCalls) {
    let features = kernel is LiveKernel && !isFresh ? KernelFeatures.running : KernelFeatures(kernel)
    func answer(_ feature: KernelFeature, named name: String) -> Answer {
      let absence = features.absence(of: feature)
      return Answer(name: name, isAvailable: absence == nil, reason: absence?.description)
    }
    settings = Self.settingNames.map { name in
      let text = try? kernel.contents(of: "/proc/sys/\(name.path)")
      return Setting(
        name: name.name, value: text.map { String(decoding: $0.filter { $0 != UInt8(ascii: "\n") }, as: UTF8.self) })
    }
    let configuration = try? KernelConfiguration(kernel: kernel)
    options = Self.optionNames.map { Setting(name: $0, value: configuration?[$0]?.text) }
    hasSystemCall = answer(.map(.array), named: "bpf()")
    for raw in 1..<UInt32.max {
      let type = ProgramType(rawValue: raw)
      guard type.isNamed else { break }
      let kinds = KernelFeature.all.filter { if case .program(type, _, _) = $0 { true } else { false } }
      let answers = kinds.map { answer($0, named: $0.name) }
      // A type is there when any kind of it is.
      let first = answers.first(where: \.isAvailable) ?? answers.first
      guard let first else { continue }
      programs.append(Answer(name: "\(type)", isAvailable: first.isAvailable, reason: first.reason))
      programKinds += answers
      guard first.isAvailable else {
        helpers.append((type, []))
        continue
      }
      let names = HelperFunction.all.compactMap { helper -> String? in
        guard let name = helper.name, isFull || !Self.loudHelpers.contains(name),
          features.has(.helper(helper, in: type))
        else { return nil }
        return "bpf_\(name)"
      }
      helpers.append((type, names))
    }
    for raw in 1..<UInt32.max {
      let type = MapType(rawValue: raw)
      guard type.isNamed else { break }
      maps.append(answer(.map(type), named: "\(type)"))
    }
    for feature in KernelFeature.all {
      switch feature {
      case .link: links.append(answer(feature, named: feature.name))
      case .ability, .mapOption, .typeKind: abilities.append(answer(feature, named: feature.name))
      default: break
      }
    }
    abilities.append(Self.instructionSet(2, onDevice: 0, kernel))
  }

  init(hasSystemCall: Answer) { self.hasSystemCall = hasSystemCall }

  /// Whether the verifier knows the jumps of version 2 of the instruction set, or those of 32 bits of version 3.
  static func instructionSet(_ version: Int, onDevice device: UInt32, _ kernel: any KernelCalls) -> Answer {
    let jump = Instruction.jump(if: .unsignedLess, .r0, 0, width: version == 2 ? .bits64 : .bits32, 1)
    return trial(
      "instruction set v\(version)", [.move(.r0, 0), jump, .move(.r0, 1), .exit],
      as: device == 0 ? .socketFilter : .schedulerClassifier, onDevice: device, kernel)
  }

  static func trial(
    _ name: String, _ code: [Instruction], as type: ProgramType, onDevice device: UInt32,
    _ kernel: any KernelCalls
  ) -> Answer {
    var load = ProgramLoad(type: type, instructions: code.encoded())
    load.deviceIndex = device
    do throws(ProgramRefusal) {
      _ = try kernel.loadProgram(load, log: .never)
      return Answer(name: name, isAvailable: true)
    } catch { return Answer(name: name, isAvailable: false, reason: "\(error.error)") }
  }

  /// Helpers of which a trial is told in the kernel's log.
  static let loudHelpers: Set<String> = ["trace_printk", "trace_vprintk", "probe_write_user"]

  private static let settingNames: [(name: String, path: String)] = [
    ("unprivileged_bpf_disabled", "kernel/unprivileged_bpf_disabled"), ("bpf_jit_enable", "net/core/bpf_jit_enable"),
    ("bpf_jit_harden", "net/core/bpf_jit_harden"), ("bpf_jit_kallsyms", "net/core/bpf_jit_kallsyms"),
    ("bpf_jit_limit", "net/core/bpf_jit_limit"),
  ]

  private static let optionNames: [String] = [
    "BPF", "BPF_SYSCALL", "HAVE_EBPF_JIT", "BPF_JIT", "BPF_JIT_ALWAYS_ON", "DEBUG_INFO_BTF", "DEBUG_INFO_BTF_MODULES",
    "CGROUPS", "CGROUP_BPF", "CGROUP_NET_CLASSID", "SOCK_CGROUP_DATA", "BPF_EVENTS", "KPROBE_EVENTS", "UPROBE_EVENTS",
    "TRACING", "FTRACE_SYSCALLS", "FUNCTION_ERROR_INJECTION", "BPF_KPROBE_OVERRIDE", "NET", "XDP_SOCKETS",
    "LWTUNNEL_BPF", "NET_ACT_BPF", "NET_CLS_BPF", "NET_CLS_ACT", "NET_SCH_INGRESS", "XFRM", "IP_ROUTE_CLASSID",
    "IPV6_SEG6_BPF", "BPF_LIRC_MODE2", "BPF_STREAM_PARSER", "NETFILTER_XT_MATCH_BPF", "BPFILTER", "BPFILTER_UMH",
    "TEST_BPF", "HZ",
  ].map { "CONFIG_\($0)" }
}

extension KernelConfiguration.Value {
  /// As a `.config` has it.
  fileprivate var text: String {
    switch self {
    case .yes: "y"
    case .module: "m"
    case .no: "n"
    case .number(let bits, let isNegative): isNegative ? "\(Int64(bitPattern: bits))" : "\(bits)"
    case .text(let text): "\"\(String(decoding: text, as: UTF8.self))\""
    }
  }
}
