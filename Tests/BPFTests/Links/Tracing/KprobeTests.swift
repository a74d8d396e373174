import BTF
import Bytecode
import Foundation
import KernelInterface
import KernelTesting
import LinuxSystem
import Testing

@testable import BPF

/// Probes of the kernel's functions: `getpgid` is called by nobody else here while only this process counts.
@Suite struct KprobeTests {
  fileprivate static let hook = "__x64_sys_getpgid"

  fileprivate func call(_ times: Int) { for _ in 0..<times { _ = getpgid(0) } }

  @Test(.needs(.kprobes), arguments: [ProbeOptions.Way.probeUnit, .traceFS], [false, true])
  func systemCalls(way: ProbeOptions.Way, onReturn: Bool) throws {
    let counter = try HitCounter(.kprobe, isFiltered: true)
    let cookie: UInt64 = HitCounter.hasCookies ? 99 : 0
    let link = try counter.program.attach(
      toKprobe: .systemCall("getpgid"), onReturn: onReturn, options: ProbeOptions(cookie: cookie, way: way))
    call(3)
    #expect(try counter.count == 3)
    #expect(try counter.cookie == cookie)
    if runs(6, 9) {
      guard case .kprobe(let info)? = try link.info()?.target else {
        Issue.record("no facts about the kprobe")
        return
      }
      #expect(info.function.hasSuffix("sys_getpgid"))
      #expect(info.isReturn == onReturn)
    }
    #expect(closeForGood(link))
    call(1)
    #expect(try counter.count == 3)
    // Other tests define returns meanwhile.
    if way == .traceFS, !onReturn {
      let events = String(decoding: try TraceFS(LiveKernel()).contents(of: "kprobe_events"), as: UTF8.self)
      #expect(!events.split(separator: "\n").contains { $0.hasPrefix("p:swift_bpf") && $0.contains("getpgid") })
    }
  }

  @Test(.needs(.kprobes)) func awaitedReturns() throws {
    let counter = try HitCounter(.kprobe, isFiltered: true)
    let link = try counter.program.attach(
      toKprobe: .systemCall("getpgid"), onReturn: true, options: ProbeOptions(maximumActive: 128))
    call(2)
    #expect(try counter.count == 2)
    link.close()
  }

  @Test(.needs(.kprobes)) func addressesAndOffsets() throws {
    let name = try #require(
      Program.functions(ofSystemCall: "getpgid").first { KernelSymbolsOfTests.address(of: $0) != nil })
    let address = try #require(KernelSymbolsOfTests.address(of: name))
    for location in [KernelLocation.address(address), .function(name)] {
      let counter = try HitCounter(.kprobe, isFiltered: true)
      let link = try counter.program.attach(toKprobe: location)
      call(2)
      #expect(try counter.count == 2, "\(location)")
      link.close()
    }
  }

  @Test(.needs(.kprobes)) func namesWhatIsMissing() throws {
    let counter = try HitCounter(.kprobe)
    #expect {
      try counter.program.attach(toKprobe: .function("vfs_raed"))
    } throws: {
      guard case BPFError.attach(.noSuchKernelFunction("vfs_raed", let nearest)) = $0 else { return false }
      return nearest.contains("vfs_read")
    }
    #expect(
      throws: BPFError.attach(
        .noSuchSystemCall("nothing", tried: Program.functions(ofSystemCall: "nothing")))
    ) { try counter.program.attach(toKprobe: .systemCall("nothing")) }
  }

  @Test func saysThatThereAreNoKprobes() throws {
    guard let absence = KernelFeatures.running.absence(of: .kprobes) else { return }
    let counter = try HitCounter(.kprobe)
    for way in [ProbeOptions.Way.automatic, .probeUnit, .traceFS] {
      #expect {
        try counter.program.attach(toKprobe: .function("vfs_read"), options: ProbeOptions(way: way))
      } throws: {
        if case BPFError.attach(.missingFeature(absence, _)) = $0 { true } else { false }
      }
    }
  }

  @Test(.needs(.kprobeMulti), arguments: [ProbeMoment.entry, .exit]) func patterns(moment: ProbeMoment) throws {
    let counter = try HitCounter(.kprobe, .traceKprobeMulti, isFiltered: true)
    let link = try counter.program.attach(toKprobes: "__x64_sys_[gs]etpgid", moment) {
      $0 == Self.hook ? 7 : 8
    }
    call(3)
    #expect(try counter.count == 3)
    #expect(try counter.cookie == 7)
    if runs(6, 9) {
      guard case .kprobeMulti(let info)? = try link.info()?.target else {
        Issue.record("no facts about the kprobes")
        return
      }
      #expect(info.addresses.count == 2)
      #expect(info.cookies.sorted() == [7, 8])
      #expect(info.isReturn == (moment == .exit))
    }
    #expect(closeForGood(link))
    call(1)
    #expect(try counter.count == 3)
    #expect {
      try counter.program.attach(toKprobes: "no_such_function_*")
    } throws: { if case BPFError.attach(.noMatchingKernelFunction) = $0 { true } else { false } }
  }

  @Test(.needs(.kprobeSession)) func sessions() throws {
    for (answer, expected) in [(0, 4), (1, 2)] as [(Int32, UInt64)] {
      let counter = try HitCounter(.kprobe, .traceKprobeSession, isFiltered: true, returns: answer)
      let link = try counter.program.attach(toKprobes: Self.hook, .session)
      call(2)
      #expect(try counter.count == expected)
      link.close()
    }
  }

  @Test(.needs(.program(.tracing, for: .traceFentry)), arguments: [AttachType.traceFentry, .traceFexit])
  func trampolines(type: AttachType) throws {
    let types = try TypeGraph(bytes: FileSystem.contents(of: "/sys/kernel/btf/vmlinux"))
    let id = try #require(types.id(named: Self.hook, kind: .function))
    let counter = try HitCounter(
      .tracing, type, attachTypeID: id.rawValue, keepsCookie: false, isFiltered: true)
    let link = try counter.program.attach(to: .loaded)
    call(2)
    #expect(try counter.count == 2)
    guard case .tracing(type, _, let typeID, _)? = try link.info()?.target else {
      Issue.record("no facts about the trampoline")
      return
    }
    if runs(5, 15) { #expect(typeID == id.rawValue) }
    #expect(closeForGood(link))
    call(1)
    #expect(try counter.count == 2)
  }
}

extension KprobeTests {
  private func typeID(_ function: String) throws -> UInt32 {
    let types = try TypeGraph(bytes: FileSystem.contents(of: "/sys/kernel/btf/vmlinux"))
    return try #require(types.id(named: function, kind: .function)).rawValue
  }

  @Test(.needs(.program(.securityModule, for: .securityModule))) func hooksOfSecurityModules() throws {
    let counter = try HitCounter(
      .securityModule, .securityModule, attachTypeID: typeID("bpf_lsm_file_open"), keepsCookie: false, isFiltered: true)
    let link = try counter.program.attach(to: .loaded)
    let before = try counter.count
    for _ in 0..<3 { _ = try FileSystem.contents(of: "/proc/self/stat") }
    #expect(try counter.count >= before + 3)
    #expect(closeForGood(link))
    let after = try counter.count
    _ = try FileSystem.contents(of: "/proc/self/stat")
    #expect(try counter.count == after)
  }

  /// Whether the kernel's types know the kind of attachment, which came with Linux 7.0.
  fileprivate static let hasFsession: Bool = {
    guard let types = try? TypeGraph(bytes: FileSystem.contents(of: "/sys/kernel/btf/vmlinux")),
      let id = types.id(named: "bpf_attach_type", kind: .enumeration),
      case .enumeration(let enumeration)? = try? types.type(id)
    else { return false }
    return enumeration.enumerators.contains { $0.name == "BPF_TRACE_FSESSION" }
  }()

  @Test(
    .needs(.program(.tracing, for: .traceFentry)),
    .enabled(if: KprobeTests.hasFsession, "this kernel's types have no BPF_TRACE_FSESSION"))
  func sessionsOfTrampolines() throws {
    let counter = try HitCounter(
      .tracing, .traceFsession, attachTypeID: typeID(Self.hook), keepsCookie: false, isFiltered: true)
    let link = try counter.program.attach(to: .loaded)
    call(2)
    #expect(try counter.count == 4)
    link.close()
  }
}

/// The kernel's symbols, for tests that need an address.
enum KernelSymbolsOfTests {
  static func address(of name: String) -> UInt64? {
    (try? FileSystem.text(of: "/proc/kallsyms"))?.split(separator: "\n")
      .first { $0.hasSuffix(" \(name)") }.flatMap { UInt64($0.prefix { $0 != " " }, radix: 16) }
  }
}

@Suite struct TraceableFunctionsTests {
  @Test func readsBothLists() throws {
    let named = try #require(
      TraceableFunctions.named(
        Array("vfs_read\nvfs_write\ndup\ndup\next4_read [ext4]\n__ftrace_invalid_address___12\n".utf8),
        NamePattern("*")))
    #expect(named.names == ["ext4_read", "vfs_read", "vfs_write"])
    #expect(named.functions == .symbols(named.names))
    let addressed = try #require(
      TraceableFunctions.withAddresses(
        Array("ffffffff81000010 vfs_read\nffffffff81000020 dup\nffffffff81000030 dup [a]\n".utf8), NamePattern("d*")))
    #expect(addressed.functions == .addresses([0xffff_ffff_8100_0020, 0xffff_ffff_8100_0030]))
    let moved = addressed.atSymbols { $0 == 0xffff_ffff_8100_0020 ? 4 : nil }
    #expect(moved.functions == .addresses([0xffff_ffff_8100_001c, 0xffff_ffff_8100_0030]))
    #expect(moved.names == ["dup", "dup"])
    #expect(TraceableFunctions.named([], NamePattern("*")) == nil)
    #expect(TraceableFunctions.withAddresses(Array("0 a\nx y\nz\n".utf8), NamePattern("*")) == nil)
  }
}

@Suite struct TracepointTests {
  private func call(_ times: Int) { for _ in 0..<times { _ = getpgid(0) } }

  @Test func byCategoryAndName() throws {
    let counter = try HitCounter(.tracepoint, isFiltered: true)
    let cookie: UInt64 = HitCounter.hasCookies ? 5 : 0
    let link = try counter.program.attach(toTracepoint: "syscalls", "sys_enter_getpgid", cookie: cookie)
    call(3)
    #expect(try counter.count == 3)
    #expect(try counter.cookie == cookie)
    if runs(6, 9) { #expect(try link.info()?.target == .tracepoint(name: "sys_enter_getpgid", cookie: cookie)) }
    #expect(closeForGood(link))
    call(1)
    #expect(try counter.count == 3)
    #expect {
      try counter.program.attach(toTracepoint: "sched", "sched_swich")
    } throws: {
      guard case BPFError.attach(.noSuchTracepoint("sched", "sched_swich", let nearest)) = $0 else { return false }
      return nearest.first == "sched:sched_switch"
    }
  }

  @Test func saysThatThereAreNoCookies() throws {
    guard let absence = KernelFeatures.running.absence(of: .perfEventLinks) else { return }
    let counter = try HitCounter(.tracepoint)
    for way in [ProbeOptions.Way.probeUnit, .traceFS] {
      let probe = try HitCounter(.kprobe)
      #expect {
        try probe.program.attach(
          toUprobe: .fileOffset(0x2000), in: "/bin/true", options: ProbeOptions(cookie: 3, way: way))
      } throws: { if case BPFError.attach(.missingFeature(absence, _)) = $0 { true } else { false } }
    }
    #expect {
      try counter.program.attach(toTracepoint: "sched", "sched_switch", cookie: 3)
    } throws: { if case BPFError.attach(.missingFeature(absence, _)) = $0 { true } else { false } }
  }

  @Test func typed() throws {
    let types = try TypeGraph(bytes: FileSystem.contents(of: "/sys/kernel/btf/vmlinux"))
    let id = try #require(types.id(named: "btf_trace_sys_enter", kind: .typedef))
    let counter = try HitCounter(
      .tracing, .traceRawTracepoint, attachTypeID: id.rawValue, keepsCookie: false, isFiltered: true)
    let link = try counter.program.attach(to: .loaded)
    let before = try counter.count
    call(3)
    #expect(try counter.count >= before + 3)
    #expect(try link.info()?.type == .rawTracepoint)
    link.close()
  }

  @Test(.needs(.ability(.rawTracepointCookie))) func rawWithCookie() throws {
    let counter = try HitCounter(.rawTracepoint, keepsCookie: true, isFiltered: true)
    #expect(throws: BPFError.attach(.noSuchRawTracepoint("nothing"))) {
      try counter.program.attach(to: .rawTracepoint("nothing"))
    }
    let link = try counter.program.attach(to: .rawTracepoint("sys_enter"), cookie: 31)
    call(1)
    #expect(try counter.cookie == 31)
    link.close()
  }
}
