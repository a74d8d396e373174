import BPF
import KernelTesting
import LinuxSystem
import Testing

@testable import KernelInterface

@Suite struct LinkCreationTests {
  let kernel = LiveKernel()

  private func program(_ type: ProgramType, expected: AttachType? = nil) throws -> OwnedDescriptor {
    try kernel.loadProgram(ProgramLoad(type: type, expectedAttachType: expected, instructions: trivialProgram))
      .takeDescriptor()
  }

  @Test func rawTracepoints() throws {
    let program = try program(.rawTracepoint)
    let link = try kernel.openRawTracepoint(program, name: "sched_process_exit")
    let information = try kernel.linkInfo(link)
    #expect(information.type == .rawTracepoint)
    #expect(information.programID == (try kernel.programInfo(program).id))
    #expect(
      throws: SystemCallError(
        call: "bpf(BPF_RAW_TRACEPOINT_OPEN)", subject: "tracepoint no_such_one", errno: .noSuchFileOrDirectory)
    ) {
      _ = try kernel.openRawTracepoint(program, name: "no_such_one")
    }
  }

  @Test(.needs(.perfEventLinks)) func perfEvents() throws {
    let tracing = try TraceFS(kernel)
    let id = try tracing.eventID(subsystem: "sched", name: "sched_process_exit")
    let event = try kernel.openPerfEvent(.tracepoint(id: id), on: .cpu(0))
    let link = try kernel.createPerfEventLink(program(.tracepoint), event, cookie: 5)
    #expect(try kernel.linkInfo(link).type == .perfEvent)
    try kernel.enablePerfEvent(event)

    let clock = try kernel.openPerfEvent(.software(.cpuClock, .frequency(99)), on: .cpu(0))
    try kernel.attachToPerfEvent(program(.perfEvent), clock)
    try kernel.disablePerfEvent(clock)
  }

  @Test func uprobes() throws {
    let unit = try DynamicProbeUnit(.uprobe, of: kernel)
    // Any place that starts an instruction will do, for nothing runs it: the first byte of the test program's code.
    let event = try kernel.openPerfEvent(
      .uprobe(unit, path: "/bin/true", offset: 0x2000, referenceCounter: 0, onReturn: false),
      on: .process(CurrentProcess.id))
    try kernel.attachToPerfEvent(program(.kprobe), event)
  }

  @Test(.needs(.uprobeMulti)) func uprobesOfOneFile() throws {
    let multi = try kernel.createUprobeMultiLink(
      program(.kprobe, expected: .traceUprobeMulti),
      UprobeMulti(path: "/bin/true", offsets: [0x2000, 0x2001], cookies: [1, 2], process: CurrentProcess.id))
    #expect(try kernel.linkInfo(multi).type == .uprobeMulti)
    #expect(
      throws: SystemCallError(call: "bpf(BPF_LINK_CREATE)", subject: "/bin/true", errno: .invalidArgument)
    ) {
      _ = try kernel.createUprobeMultiLink(
        program(.kprobe, expected: .traceUprobeMulti),
        UprobeMulti(path: "/bin/true", offsets: [0x2000], cookies: [1, 2])
      )
    }
  }

  @Test func multiProbesNeedArraysOfOneLength() throws {
    let scripted = ScriptedKernel()
    let program = try FileSystem.open("/dev/null")
    #expect(
      throws: SystemCallError(call: "bpf(BPF_LINK_CREATE)", subject: "2 kernel functions", errno: .invalidArgument)
    ) {
      _ = try scripted.createKprobeMultiLink(program, KprobeMulti(.symbols(["a", "b"]), cookies: [1]))
    }
    #expect(scripted.calls.isEmpty)
  }

  @Test func tracingLinksFallBackWithoutCookie() throws {
    let program = try FileSystem.open("/dev/null")
    let old = ScriptedKernel([.linkCreate: [.failure(.invalidArgument)], .rawTracepointOpen: [.descriptor]])
    do {
      let link = try old.createTracingLink(program, .traceFentry)
      #expect(try old.openDescriptors() == 1)
      _ = consume link
    }
    #expect(try old.openDescriptors() == 0)
    #expect(old.calls == [.linkCreate, .rawTracepointOpen])
    let cookie = ScriptedKernel([.linkCreate: [.failure(.invalidArgument)], .rawTracepointOpen: [.descriptor]])
    #expect(throws: SystemCallError(call: "bpf(BPF_LINK_CREATE)", subject: "program", errno: .invalidArgument)) {
      _ = try cookie.createTracingLink(program, .traceFentry, cookie: 1)
    }
  }

  @Test func perfAttributesSayWhatIsMeant() throws {
    let scripted = ScriptedKernel(events: [.descriptor, .descriptor])
    let unit = try DynamicProbeUnitTests.example
    _ = try scripted.openPerfEvent(
      .uprobe(unit, path: "/x", offset: 16, referenceCounter: 32, onReturn: true), on: .cpu(0))
    #expect(throws: SystemCallError.self) {
      _ = try scripted.openPerfEvent(
        .uprobe(unit, path: "/x", offset: 16, referenceCounter: 1 << 32, onReturn: true), on: .cpu(0)
      )
    }
    _ = try scripted.openPerfEvent(.software(.cpuClock, .frequency(99)), on: .cpu(1))
    let attributes = scripted.perfAttributes
    #expect(attributes.count == 2)
    #expect(attributes[0].get(UInt32.self, at: 0) == 9)
    #expect(attributes[0].get(UInt64.self, at: 8) == 32 << 32 | 1)
    #expect(attributes[0].get(UInt64.self, at: 64) == 16)
    #expect(attributes[1].get(UInt64.self, at: 16) == 99)
    #expect(attributes[1].get(UInt64.self, at: 40) == 1025)
  }
}

@Suite struct DynamicProbeUnitTests {
  static var example: DynamicProbeUnit {
    get throws {
      let directory = "/sys/bus/event_source/devices/uprobe"
      return try DynamicProbeUnit(
        .uprobe,
        of: ScriptedKernel(files: [
          "\(directory)/type": "9\n", "\(directory)/format/retprobe": "config:0\n",
          "\(directory)/format/ref_ctr_offset": "config:32-63\n",
        ]))
    }
  }

  @Test func readsSysfs() throws {
    let unit = try Self.example
    #expect(unit.type == 9 && unit.returnBit == 1 && unit.referenceCounterShift == 32)
  }

  @Test(arguments: ["", "config", "config:64", "config1:0", "config:x"])
  func refusesOtherFormats(_ text: String) { #expect(DynamicProbeUnit.firstBit(text) == nil) }

  @Test func saysWhatIsMissing() {
    #expect(
      throws: SystemCallError(
        call: "openat", subject: "/sys/bus/event_source/devices/kprobe/type", errno: .noSuchFileOrDirectory)
    ) {
      try DynamicProbeUnit(.kprobe, of: ScriptedKernel())
    }
  }
}
