import BPF
import BTF
import KernelTesting
import LinuxSystem
import Testing

@testable import KernelInterface

/// Probes in the kernel's functions, on kernels that have them.
@Suite struct KernelFunctionProbeTests {
  let kernel = LiveKernel()

  private func program(_ type: ProgramType, expected: AttachType? = nil, typeID: UInt32 = 0) throws -> OwnedDescriptor {
    try kernel.loadProgram(
      ProgramLoad(type: type, expectedAttachType: expected, instructions: trivialProgram, attachTypeID: typeID)
    ).takeDescriptor()
  }

  @Test(.needs(.kprobes), arguments: [false, true]) func kprobes(_ onReturn: Bool) throws {
    let unit = try DynamicProbeUnit(.kprobe, of: kernel)
    let event = try kernel.openPerfEvent(
      .kprobe(unit, function: "vfs_read", offset: 0, onReturn: onReturn), on: .cpu(0))
    if KernelFeatures.running.has(.perfEventLinks) {
      let link = try kernel.createPerfEventLink(program(.kprobe), event, cookie: 1)
      #expect(try kernel.linkInfo(link).type == .perfEvent)
      if runs(6, 9) { #expect(try kernel.linkInfo(link).missed == 0) }
    } else {
      try kernel.attachToPerfEvent(program(.kprobe), event)
    }
    #expect(throws: SystemCallError.self) {
      _ = try kernel.openPerfEvent(
        .kprobe(unit, function: "no_such_function", offset: 0, onReturn: onReturn), on: .cpu(0))
    }
  }

  @Test(.needs(.kprobeMulti)) func kprobesOnOneLink() throws {
    let probes = KprobeMulti(.symbols(["vfs_read", "vfs_write"]), cookies: [1, 2])
    let link = try kernel.createKprobeMultiLink(program(.kprobe, expected: .traceKprobeMulti), probes)
    #expect(try kernel.linkInfo(link).type == .kprobeMulti)
    #expect(throws: SystemCallError(call: "bpf(BPF_LINK_CREATE)", subject: "1 kernel functions", errno: .noSuchProcess))
    {
      _ = try kernel.createKprobeMultiLink(
        program(.kprobe, expected: .traceKprobeMulti), KprobeMulti(.symbols(["no_such_function"])))
    }
    if KernelFeatures.running.has(.kprobeSession) {
      _ = try kernel.createKprobeMultiLink(program(.kprobe, expected: .traceKprobeSession), probes, session: true)
    }
  }

  @Test func trampolines() throws {
    let types = try TypeGraph(bytes: FileSystem.contents(of: "/sys/kernel/btf/vmlinux"))
    let id = try #require(types.id(named: "bpf_fentry_test1", kind: .function)).rawValue
    let availability = KernelFeatures(kernel).fentryAvailability(functionTypeID: id)
    guard availability.isAvailable else {
      #expect(availability == .missing(.refused(call: "bpf(BPF_PROG_LOAD)", errno: SystemErrno.notPermitted.rawValue)))
      return
    }
    let link = try kernel.createTracingLink(program(.tracing, expected: .traceFentry, typeID: id), .traceFentry)
    #expect(try kernel.linkInfo(link).type == .tracing)
  }
}
