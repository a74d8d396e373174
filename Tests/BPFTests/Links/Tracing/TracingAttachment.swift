import BTF
import KernelInterface
import LinuxSystem
import TestObjects
import Testing

@testable import BPF

/// The kinds of attachment that trace.
enum TracingAttachment: String, Codable, Sendable {
  case tracepoint, rawTracepoint, typedTracepoint, perfEvent, iterator
  case uprobe, uprobeOfTraceFS, uretprobe, uprobeMulti, uprobeSession, usdt, usdtMulti
  case kprobe, kprobeOfTraceFS, kretprobe, kprobeMulti, kprobeSession
  case fentry, fexit, modifyReturn, securityHook

  /// A system call that no other test makes.
  private static let systemCall = "getpgid"

  /// Loads a program of the kind and attaches it.
  func attach() throws -> Link {
    switch self {
    case .tracepoint:
      try HitCounter(.tracepoint).program.attach(toTracepoint: "syscalls", "sys_enter_\(Self.systemCall)")
    case .rawTracepoint: try HitCounter(.rawTracepoint, keepsCookie: false).program.attach(toRawTracepoint: "sys_enter")
    case .typedTracepoint: try loaded(.traceRawTracepoint, "btf_trace_sys_enter", .typedef)
    case .perfEvent:
      try HitCounter(.perfEvent).program.attach(toEvent: .software(.minorFaults, .period(1 << 40)))
    case .iterator: try object("iterators", program: "task").program.attachIterator()
    case .uprobe: try toWork(ProbeOptions(way: .probeUnit))
    case .uprobeOfTraceFS: try toWork(ProbeOptions(way: .traceFS))
    case .uretprobe: try toWork(ProbeOptions(), onReturn: true)
    case .uprobeMulti:
      try HitCounter(.kprobe, .traceUprobeMulti).program.attach(toUprobes: "work*", in: Self.target())
    case .uprobeSession:
      try HitCounter(.kprobe, .traceUprobeSession).program.attach(toUprobes: "work*", in: Self.target(), .session)
    case .usdt: try toPlaces(many: false)
    case .usdtMulti: try toPlaces(many: true)
    case .kprobe: try toSystemCall(ProbeOptions(way: .probeUnit))
    case .kprobeOfTraceFS: try toSystemCall(ProbeOptions(way: .traceFS))
    case .kretprobe: try toSystemCall(ProbeOptions(), onReturn: true)
    case .kprobeMulti: try HitCounter(.kprobe, .traceKprobeMulti).program.attach(to: Self.functions())
    case .kprobeSession:
      try HitCounter(.kprobe, .traceKprobeSession).program.attach(to: Self.functions(), session: true)
    case .fentry: try loaded(.traceFentry, Self.function(of: Self.systemCall))
    case .fexit: try loaded(.traceFexit, Self.function(of: Self.systemCall))
    case .modifyReturn: try loaded(.modifyReturn, "security_file_permission")
    case .securityHook:
      try HitCounter(
        .securityModule, .securityModule, attachTypeID: Self.typeID("bpf_lsm_file_permission"), keepsCookie: false
      ).program.attach(to: .loaded)
    }
  }

  private func loaded(_ type: AttachType, _ name: String, _ kind: BTFKind = .function) throws -> Link {
    try HitCounter(.tracing, type, attachTypeID: Self.typeID(name, kind), keepsCookie: false).program
      .attach(to: .loaded)
  }

  private func toWork(_ options: ProbeOptions, onReturn: Bool = false) throws -> Link {
    try HitCounter(.kprobe).program.attach(
      toUprobe: .function("work"), in: Self.target(), onReturn: onReturn, options: options)
  }

  private func toSystemCall(_ options: ProbeOptions, onReturn: Bool = false) throws -> Link {
    try HitCounter(.kprobe).program.attach(
      toKprobe: .systemCall(Self.systemCall), onReturn: onReturn, options: options)
  }

  private func toPlaces(many: Bool) throws -> Link {
    let (program, maps) = try Self.readerOfPlaces(many: many)
    return try program.attach(toUSDT: "twice", of: "markers", in: Self.target(), maps: maps)
  }

  /// A program that reads the arguments of USDT probes, with room for `places` places.
  static func readerOfPlaces(many: Bool, places: Int = 16) throws -> (Program, USDTMaps) {
    #if arch(x86_64)
      let options = TestObject.Options(definitions: ["__TARGET_ARCH_x86"])
    #else
      let options = TestObject.Options(definitions: ["__TARGET_ARCH_arm64"])
    #endif
    var spec = try ObjectSpec(path: TestObject("usdt", options).path)
    for index in spec.programs.indices {
      spec.programs[index].isLoaded = spec.programs[index].name == "sum"
      spec.programs[index].expectedAttachType = many ? .traceUprobeMulti : nil
    }
    for index in spec.maps.indices where spec.maps[index].name == "__bpf_usdt_specs" {
      spec.maps[index].maxEntries = places
    }
    let object = try BPFObject(spec)
    return (try object.program(named: "sum"), try #require(try USDTMaps(of: object)))
  }

  private func object(_ name: String, program: String) throws -> (object: BPFObject, program: Program) {
    var spec = try ObjectSpec(path: TestObject(name).path)
    for index in spec.programs.indices { spec.programs[index].isLoaded = spec.programs[index].name == program }
    let object = try BPFObject(spec)
    return (object, try object.program(named: program))
  }

  /// The one copy of the program in this process that is attached to.
  ///
  /// Without cookies, only fixed addresses can be told apart without a process.
  static func target() throws -> String { try copy.get() }
  private static let copy = Result {
    try TestProgram("markers", isFixed: !KernelFeatures.running.has(.attachCookie)).path
  }

  private static func function(of systemCall: String) throws -> String {
    try #require(Program.functions(ofSystemCall: systemCall).first { (try? typeID($0)) != nil })
  }

  /// Several functions by their names, which spares looking through the kernel's list of all.
  static func functions() throws -> KernelInterface.KprobeMulti {
    KernelInterface.KprobeMulti(.symbols([try function(of: "getpgid"), try function(of: "setpgid")]))
  }

  private static func typeID(_ name: String, _ kind: BTFKind = .function) throws -> UInt32 {
    try #require(try KernelTypes().own().id(named: name, kind: kind)).rawValue
  }
}
