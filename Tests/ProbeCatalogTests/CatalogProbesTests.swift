import ELF
import LinuxSystem
import ProbeCatalog
import Testing

@Suite struct CatalogProbesTests {
  let catalog = Catalog(RecordedSource.small)

  func names(_ parts: String...) throws -> [String] { try catalog.probes(at: parts).map(\.name) }

  @Test func expandsTracepointsInOrder() throws {
    #expect(
      try names("t", "syscalls", "sys_enter_open*") == [
        "tracepoint:syscalls:sys_enter_open", "tracepoint:syscalls:sys_enter_openat",
      ])
    #expect(try names("tracepoint", "sched*", "*") == ["tracepoint:sched2:x", "tracepoint:sched:sched_switch"])
    #expect(try names("tracepoint", "nothing*", "*") == [])
    let probe = try #require(try catalog.probes(at: ["tracepoint", "syscalls", "sys_enter_openat"]).first)
    #expect(probe.target == .tracepoint(subsystem: "syscalls", event: "sys_enter_openat"))
    #expect(probe.provider == .tracepoint)
  }

  @Test func namesWhatComesNearAMissingTracepoint() {
    #expect(
      throws: CatalogError.notFound(
        .tracepoint, kind: "event", name: "syscalls:sys_enter_opennat",
        nearest: ["syscalls:sys_enter_openat", "syscalls:sys_enter_open", "syscalls:sys_enter_read"])
    ) { try names("tracepoint", "syscalls", "sys_enter_opennat") }
    #expect(throws: CatalogError.notFound(.tracepoint, kind: "event", name: "..:x", nearest: [])) {
      try names("tracepoint", "..", "x")
    }
  }

  @Test func saysWhenTracepointsCannotBeListed() {
    var source = RecordedSource()
    let error = SystemCallError(call: "openat", subject: "available_events", errno: .noSuchFileOrDirectory)
    #expect(throws: CatalogError.unreadable(what: "the list of tracepoints", error)) {
      try Catalog(source).probes(at: ["tracepoint", "sched", "*"])
    }
    source.facilities[.tracefs] = false
    #expect(throws: CatalogError.missingFacility(.tracefs, alternatives: [])) {
      try Catalog(source).probes(at: ["tracepoint", "sched", "*"])
    }
  }

  @Test func findsKernelFunctions() throws {
    #expect(try names("kprobe", "vfs_*") == ["kprobe:vfs_read", "kprobe:vfs_read", "kprobe:vfs_write"])
    #expect(try names("kretprobe", "ext4", "*") == ["kretprobe:ext4:ext4_file_open"])
    #expect(try names("k", "vmlinux", "vfs_r*") == ["kprobe:vmlinux:vfs_read"])
    let probe = try #require(try catalog.probes(at: ["kprobe", "tcp_connect+0x10"]).first)
    #expect(probe.target == .kernelFunction(module: nil, name: "tcp_connect", offset: 16))
    #expect(probe.name == "kprobe:tcp_connect+0x10")
    #expect(throws: CatalogError.badNumber("many", reason: "an offset in bytes")) {
      try names("kprobe", "tcp_connect+many")
    }
    #expect(
      try catalog.probes(at: ["kprobe", "0xffffffff81000000"]).first?.target == .kernelAddress(0xffff_ffff_8100_0000))
  }

  @Test func aListOfTheUsersOwnCounts() throws {
    var source = RecordedSource.small
    source.functionListIsOwn = true
    #expect(try Catalog(source).probes(at: ["kprobe", "tcp_connect"]).count == 1)
    source.files["available_filter_functions"] = ""
    #expect(throws: CatalogError.notFound(.kprobe, kind: "function", name: "tcp_connect", nearest: [])) {
      try Catalog(source).probes(at: ["kprobe", "tcp_connect"])
    }
  }

  @Test func offersTracepointsWhereThereAreNoKprobes() {
    var source = RecordedSource.small
    source.facilities[.kprobes] = false
    source.facilities[.trampolines] = false
    let catalog = Catalog(source)
    #expect(
      throws: CatalogError.missingFacility(.kprobes, alternatives: ["tracepoint:syscalls:sys_enter_read"])
    ) { try catalog.probes(at: ["kprobe", "vfs_read"]) }
    #expect(
      throws: CatalogError.missingFacility(.trampolines, alternatives: ["tracepoint:block:block_io_start"])
    ) { try catalog.probes(at: ["fentry", "blk_account_io_start"]) }
    source.facilities[.kprobes] = true
    #expect(throws: CatalogError.missingFacility(.trampolines, alternatives: ["kretprobe:vfs_read"])) {
      try Catalog(source).probes(at: ["fexit", "vfs_read"])
    }
  }

  @Test(
    arguments: [
      (["profile", "hz", "99"], .timer(.hertz(99)), "profile:hz:99"),
      (["p", "ms", "0x10"], .timer(.nanoseconds(16_000_000)), "profile:ms:0x10"),
      (["i", "s", "1"], .timer(.nanoseconds(1_000_000_000)), "interval:s:1"),
      (["interval", "100ms"], .timer(.nanoseconds(100_000_000)), "interval:100ms"),
      (["interval", "5000"], .timer(.nanoseconds(5000)), "interval:5000"),
      (["BEGIN"], .begin, "begin"),
      (["end"], .end, "end"),
      (["self", "signal", "SIGUSR1"], .selfSignal("SIGUSR1"), "self:signal:SIGUSR1"),
      (["w", "0x1000", "8", "wr"], .watchpoint(address: 0x1000, length: 8, mode: "rw"), "watchpoint:0x1000:8:wr"),
    ] as [([String], ProbeTarget, String)])
  func readsTheOthers(parts: [String], target: ProbeTarget, name: String) throws {
    let probes = try catalog.probes(at: parts)
    #expect(probes.map(\.target) == [target])
    #expect(probes.map(\.name) == [name])
  }

  @Test func readsPerfEvents() throws {
    let faults = try #require(try catalog.probes(at: ["software", "faults"]).first)
    let event = try #require(CountedEvent.named("page-faults", unit: .software))
    #expect(event.config == 2)
    #expect(faults.target == .perfEvent(event, sampleCount: 100))
    #expect(faults.name == "software:faults:")
    let cycles = try #require(CountedEvent.named("cycles", unit: .hardware))
    #expect(try catalog.probes(at: ["h", "cycles", "500"]).first?.target == .perfEvent(cycles, sampleCount: 500))
    #expect(
      throws: CatalogError.notFound(.hardware, kind: "event", name: "cycels", nearest: ["cycles"])
    ) { try names("hardware", "cycels") }
  }

  @Test(
    arguments: [
      (["trace", "x"], .unknownProvider("trace", nearest: [])),
      (["trcepoint", "x"], .unknownProvider("trcepoint", nearest: ["tracepoint"])),
      (["tracepoint", "x"], .malformed(.tracepoint, text: "tracepoint:x")),
      (["begin", "x"], .malformed(.begin, text: "begin:x")),
      (["profile"], .malformed(.profile, text: "profile:")),
      (["profile", "h", "9"], .notFound(.profile, kind: "unit", name: "h", nearest: ["hz", "ms", "s", "us"])),
      (["profile", "hz", "0"], .badNumber("0", reason: "a positive count")),
      (["interval", "s", "99999999999999"], .badNumber("99999999999999", reason: "a positive count")),
      (["interval", "1x"], .badNumber("1x", reason: "a time such as 1s or 100ms")),
      (["software", "cs", "-1"], .badNumber("-1", reason: "a positive count of events")),
      (["watchpoint", "x", "8", "r"], .badNumber("x", reason: "an address")),
      (["watchpoint", "1", "3", "r"], .badNumber("3", reason: "a length of 1, 2, 4 or 8 bytes")),
      (["watchpoint", "1", "8", "rr"], .badNumber("rr", reason: "a mode of r, w and x")),
      (["uprobe", "x"], .malformed(.uprobe, text: "uprobe:x")),
      (["iter", "task"], .missingFacility(.kernelTypes, alternatives: [])),
      (["fentry", "vfs_read"], .missingFacility(.kernelTypes, alternatives: [])),
    ] as [([String], CatalogError)])
  func refusesOthers(parts: [String], error: CatalogError) {
    #expect(throws: error) { try catalog.probes(at: parts) }
    #expect(!error.description.isEmpty)
  }
}
