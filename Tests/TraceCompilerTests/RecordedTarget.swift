import BTF
import Diagnostics
import TraceLanguage

@testable import TraceCompiler

/// A machine that is nothing but recorded facts: a few probes, a small graph of kernel types, and whatever features a
/// test asks for.
struct RecordedTarget: CompilationTarget {
  var architecture = Architecture.x86_64
  var features = TargetFeatures()
  var kernelTypes: TypeGraph?

  /// A machine with these types, or one without BTF.
  init(kernelTypes: TypeGraph? = RecordedTypes.graph) {
    self.kernelTypes = kernelTypes
    features.possibleCPUCount = 2
  }

  // MARK: Probes

  /// Providers by their long names and the short ones.
  private static let providers: [String: String] = [
    "k": "kprobe", "kr": "kretprobe", "u": "uprobe", "ur": "uretprobe", "t": "tracepoint", "rt": "rawtracepoint",
    "f": "fentry", "fr": "fexit", "i": "interval", "p": "profile", "s": "software",
  ]

  private static let tracepoints: [String: TracepointRecord] = [
    "syscalls:sys_enter_openat": TracepointRecord(fields: [
      TracepointRecord.Field(name: "__syscall_nr", typeText: "int", offset: 8, byteCount: 4, isSigned: true),
      TracepointRecord.Field(name: "dfd", typeText: "int", offset: 16, byteCount: 8, isSigned: false),
      TracepointRecord.Field(name: "filename", typeText: "const char *", offset: 24, byteCount: 8, isSigned: false),
      TracepointRecord.Field(name: "flags", typeText: "int", offset: 32, byteCount: 8, isSigned: false),
    ]),
    "syscalls:sys_exit_openat": TracepointRecord(fields: [
      TracepointRecord.Field(name: "__syscall_nr", typeText: "int", offset: 8, byteCount: 4, isSigned: true),
      TracepointRecord.Field(name: "ret", typeText: "long", offset: 16, byteCount: 8, isSigned: true),
    ]),
    "sched:sched_switch": TracepointRecord(fields: [
      TracepointRecord.Field(
        name: "prev_comm", typeText: "char", offset: 8, byteCount: 16, isSigned: false, elementCount: 16),
      TracepointRecord.Field(name: "prev_pid", typeText: "pid_t", offset: 24, byteCount: 4, isSigned: true),
    ]),
  ]

  func probes(at attachPoint: AttachPoint, process: Int32?) throws(ProbeLookupError) -> [ResolvedProbe] {
    let parts = attachPoint.parts.map(\.text)
    let word = attachPoint.provider.lowercased()
    let provider = Self.providers[word] ?? word
    let name = ([provider] + parts.dropFirst()).joined(separator: ":")
    let last = parts.last ?? ""
    switch (provider, parts.count) {
    case ("begin", 1): return [ResolvedProbe(site: .begin, name: name)]
    case ("end", 1): return [ResolvedProbe(site: .end, name: name)]
    case ("interval", 3): return [ResolvedProbe(site: .interval(nanoseconds: 1_000_000_000), name: name)]
    case ("profile", 3): return [ResolvedProbe(site: .profile(.hertz(UInt64(last) ?? 99)), name: name)]
    case ("software", 2...3): return [ResolvedProbe(site: .software(name: parts[1], config: 0, count: 1), name: name)]
    case ("tracepoint", 3):
      return Self.tracepoints.keys.filter { $0 == "\(parts[1]):\(last)" || last == "*" && $0.hasPrefix("\(parts[1]):") }
        .sorted().map { key in
          let event = key.split(separator: ":").map(String.init)
          return ResolvedProbe(site: .tracepoint(subsystem: event[0], event: event[1]), name: "tracepoint:\(key)")
        }
    case ("rawtracepoint", 2...3): return [ResolvedProbe(site: .rawTracepoint(event: last), name: name)]
    case ("kprobe", 2...3), ("kretprobe", 2...3):
      guard RecordedTypes.functions.contains(last) else { return [] }
      let isReturn = provider == "kretprobe"
      return [
        ResolvedProbe(site: .kernelFunction(module: nil, name: last, offset: 0, isReturn: isReturn), name: name)
      ]
    case ("fentry", 2...3), ("fexit", 2...3):
      guard let id = kernelTypes?.id(named: last, kind: .function) else { return [] }
      let isExit = provider == "fexit"
      return [
        ResolvedProbe(site: .trampoline(module: nil, name: last, typeID: id.rawValue, isExit: isExit), name: name)
      ]
    case ("uprobe", 3), ("uretprobe", 3):
      let isReturn = provider == "uretprobe"
      return [
        ResolvedProbe(
          site: .userFunction(path: parts[1], symbol: last, fileOffset: 4096, isReturn: isReturn), name: name)
      ]
    default:
      throw ProbeLookupError(
        message: "Invalid probe type: \(attachPoint.provider)", hints: ["`bpf trace -l` lists what there is"])
    }
  }

  func tracepointRecord(subsystem: String, event: String) throws(ProbeLookupError) -> TracepointRecord {
    guard let record = Self.tracepoints["\(subsystem):\(event)"] else {
      throw ProbeLookupError(message: "tracepoint not found: \(subsystem):\(event)")
    }
    return record
  }

  func rawTracepointParameters(event: String) -> [ProbeParameter] {
    [ProbeParameter(name: "task", typeID: kernelTypes?.id(named: "task_struct", kind: .structure)?.rawValue)]
  }

  func probesNear(_ attachPoint: AttachPoint) -> [String] {
    let names = Self.tracepoints.keys.map { "tracepoint:\($0)" } + RecordedTypes.functions.map { "kprobe:\($0)" }
    return NearestNames.nearest(to: attachPoint.text, among: names)
  }

  func kernelAddress(ofSymbol name: String) -> UInt64? {
    ["jiffies_64": 0xffff_ffff_8200_0000, "vfs_read": 0xffff_ffff_8110_0000][name]
  }

  func cgroupID(ofPath path: String) -> UInt64? { path == "/sys/fs/cgroup" ? 1 : nil }
}

/// A small graph of kernel types: a task, a file, an enum, and functions that take them.
enum RecordedTypes {
  static let functions = ["vfs_read", "vfs_write", "do_exit"]

  static let graph: TypeGraph? = try? build()

  private static func build() throws -> TypeGraph {
    var builder = TypeGraphBuilder()
    let int = try builder.addInteger(named: "int", size: 4, isSigned: true)
    let unsigned = try builder.addInteger(named: "unsigned int", size: 4)
    let long = try builder.addInteger(named: "long int", size: 8, isSigned: true)
    let size = try builder.addInteger(named: "long unsigned int", size: 8)
    let char = try builder.addInteger(named: "char", size: 1, isSigned: true)
    try builder.addTypedef(named: "pid_t", for: int)
    let name = try builder.addArray(of: char, count: 16, indexedBy: unsigned)
    let numbers = try builder.addArray(of: unsigned, count: 4, indexedBy: unsigned)
    let text = try builder.addPointer(to: char)
    try builder.addEnumeration(
      named: "pid_type", values: [("PIDTYPE_PID", 0), ("PIDTYPE_TGID", 1), ("PIDTYPE_PGID", 2)])
    // The struct follows the pointer to it.
    let pointer = try builder.addPointer(to: TypeID(builder.nextID.rawValue + 1))
    try builder.addStructure(
      named: "task_struct", size: 64,
      members: [
        .init("pid", int, bitOffset: 0), .init("tgid", int, bitOffset: 32), .init("comm", name, bitOffset: 64),
        .init("real_parent", pointer, bitOffset: 192), .init("numbers", numbers, bitOffset: 256),
        .init("flags", unsigned, bitOffset: 384), .init("start_time", size, bitOffset: 448),
      ])
    let file = try builder.addStructure(
      named: "file", size: 16, members: [.init("f_flags", unsigned, bitOffset: 0), .init("f_pos", long, bitOffset: 64)])
    let filePointer = try builder.addPointer(to: file)
    let read = try builder.addFunctionPrototype(
      returning: long, parameters: [.init("file", filePointer), .init("buf", text), .init("count", size)])
    let exit = try builder.addFunctionPrototype(returning: .void, parameters: [.init("code", long)])
    for function in functions {
      try builder.addFunction(named: function, prototype: function == "do_exit" ? exit : read)
    }
    let enter = try builder.addFunctionPrototype(
      returning: .void, parameters: [.init("__data", text), .init("regs", text), .init("id", long)])
    let enterPointer = try builder.addPointer(to: enter)
    try builder.addTypedef(named: "btf_trace_sys_enter", for: enterPointer)
    try builder.addTypedef(named: "btf_trace_sys_exit", for: enterPointer)
    return try TypeGraph(bytes: builder.build())
  }
}
