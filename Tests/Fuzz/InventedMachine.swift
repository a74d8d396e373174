import BTF
import TraceCompiler
import TraceLanguage

/// A machine with a handful of probes and types: every form that the compiler treats in its own way is there once.
///
/// The running kernel is not asked, so that an input that crashes here crashes everywhere.
struct InventedMachine: CompilationTarget {
  let architecture: Architecture
  let features: TargetFeatures
  let kernelTypes: TypeGraph?

  static let all: [InventedMachine] = {
    let types = InventedTypes.graph()
    return [
      InventedMachine(architecture: .x86_64, features: TargetFeatures(), kernelTypes: types),
      InventedMachine(architecture: .arm64, features: oldKernel, kernelTypes: nil),
    ]
  }()

  private static var oldKernel: TargetFeatures {
    var features = TargetFeatures()
    features.hasFetchingAtomics = false
    features.hasVersion4Instructions = false
    features.hasLoop = false
    features.hasForEachMapElement = false
    features.hasAttachCookie = false
    features.hasFunctionAddress = false
    features.hasTypedCurrentTask = false
    features.hasTypedRawTracepoints = false
    features.hasPerCPULookup = false
    features.hasTAIClock = false
    features.processNamespace = TargetFeatures.ProcessNamespace(device: 4, inode: 4_026_531_836)
    features.possibleCPUCount = 3
    return features
  }

  func probes(at attachPoint: AttachPoint, process: Int32?) throws(ProbeLookupError) -> [ResolvedProbe] {
    let parts = attachPoint.parts.map(\.text)
    let last = parts.last ?? ""
    let isMany = last.contains("*")
    func named(_ name: String, _ site: ProbeSite) -> ResolvedProbe { ResolvedProbe(site: site, name: name) }
    switch parts.first?.lowercased() {
    case "begin": return [named("begin", .begin)]
    case "end": return [named("end", .end)]
    case "interval", "i": return [named("interval:s:1", .interval(nanoseconds: 1_000_000_000))]
    case "profile", "p": return [named("profile:hz:99", .profile(.hertz(99)))]
    case "software", "s": return [named("software:cpu:1", .software(name: "cpu", config: 0, count: 1))]
    case "tracepoint", "t":
      let calls = isMany ? ["sys_enter_openat", "sys_exit_openat", "sys_enter_read"] : [last]
      return calls.map {
        named("tracepoint:syscalls:\($0)", .tracepoint(subsystem: parts.count > 2 ? parts[1] : "syscalls", event: $0))
      }
    case "rawtracepoint", "rt": return [named("rawtracepoint:sched_switch", .rawTracepoint(event: "sched_switch"))]
    case "kprobe", "k", "kretprobe", "kr":
      let isReturn = parts.first?.lowercased().hasPrefix("kr") == true
      return (isMany ? ["vfs_read", "vfs_write"] : [last]).map {
        named(
          "\(isReturn ? "kretprobe" : "kprobe"):\($0)",
          .kernelFunction(module: nil, name: $0, offset: 0, isReturn: isReturn))
      }
    case "fentry", "f", "kfunc", "fexit", "fr", "kretfunc":
      let isExit = ["fexit", "fr", "kretfunc"].contains(parts.first?.lowercased() ?? "")
      guard let id = InventedTypes.functionID else { return [] }
      return [
        named(
          "\(isExit ? "fexit" : "fentry"):vfs_read",
          .trampoline(module: nil, name: "vfs_read", typeID: id.rawValue, isExit: isExit))
      ]
    case "uprobe", "u", "uretprobe", "ur":
      let isReturn = parts.first?.lowercased().hasPrefix("ur") == true
      return [
        named(
          "\(isReturn ? "uretprobe" : "uprobe"):/bin/sh:main",
          .userFunction(path: "/bin/sh", symbol: "main", fileOffset: 4096, isReturn: isReturn))
      ]
    default: throw ProbeLookupError(message: "there is no such provider", hints: ["as in kprobe:vfs_read"])
    }
  }

  func tracepointRecord(subsystem: String, event: String) throws(ProbeLookupError) -> TracepointRecord {
    TracepointRecord(fields: [
      .init(name: "id", typeText: "long", offset: 8, byteCount: 8, isSigned: true),
      .init(name: "filename", typeText: "const char *", offset: 16, byteCount: 8, isSigned: false),
      .init(name: "ret", typeText: "int", offset: 24, byteCount: 4, isSigned: true),
      .init(name: "small", typeText: "u8", offset: 28, byteCount: 1, isSigned: false),
      .init(name: "comm", typeText: "char", offset: 32, byteCount: 16, isSigned: true, elementCount: 16),
      .init(name: "args", typeText: "unsigned long", offset: 48, byteCount: 48, isSigned: false, elementCount: 6),
      .init(name: "name", typeText: "char", offset: 96, byteCount: 4, isSigned: true, dataLocationBase: 0),
      .init(name: "late", typeText: "char", offset: 100, byteCount: 4, isSigned: true, dataLocationBase: 104),
    ])
  }

  func rawTracepointParameters(event: String) -> [ProbeParameter] {
    [
      ProbeParameter(name: "preempt", typeID: InventedTypes.booleanID?.rawValue),
      ProbeParameter(name: "prev", typeID: InventedTypes.taskPointerID?.rawValue),
      ProbeParameter(name: "arg2", typeID: nil),
    ]
  }

  func probesNear(_ attachPoint: AttachPoint) -> [String] { ["kprobe:vfs_read"] }
  func kernelAddress(ofSymbol name: String) -> UInt64? { name == "jiffies" ? 0xffff_ffff_8100_0000 : nil }
  func cgroupID(ofPath path: String) -> UInt64? { path.isEmpty ? nil : 42 }
}
