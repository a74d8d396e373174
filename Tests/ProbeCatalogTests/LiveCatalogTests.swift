import BTF
import KernelInterface
import LinuxSystem
import ProbeCatalog
import Testing

/// What the running kernel tells; only kernels that tell it are asked.
@Suite struct LiveCatalogTests {
  static let catalog = Catalog(LiveSource())

  static var hasTracing: Bool { (try? TraceFS(LiveKernel())) != nil }
  static var hasTypes: Bool { (try? FileStatus(of: "/sys/kernel/btf/vmlinux")) != nil }

  @Test(.enabled(if: hasTracing)) func everyTracepointHasAFormatThatIsUnderstood() throws {
    let probes = try Self.catalog.probes(at: ["tracepoint", "*", "*"])
    #expect(probes.count > 500)
    #expect(probes.map(\.name) == probes.map(\.name).sorted())
    for probe in probes {
      guard case .tracepoint(let subsystem, let event) = probe.target else { continue }
      let format = try Self.catalog.tracepointFormat(subsystem: subsystem, event: event)
      #expect(format.name == event)
      #expect(format.commonFields.first?.name == "common_type")
    }
  }

  @Test(.enabled(if: hasTracing && hasTypes)) func aSystemCallsRecordIsTheKernelsOwn() throws {
    let format = try Self.catalog.tracepointFormat(subsystem: "syscalls", event: "sys_enter_openat")
    let filename = try #require(format.field(named: "filename"))
    #expect(filename.type == "const char *")
    #expect(filename.offset == 24)
    #expect(filename.size == 8)
  }

  @Test(.enabled(if: hasTypes)) func rawTracepointsHaveNamedParameters() throws {
    let parameters = try Self.catalog.rawTracepointParameters(event: "sys_enter")
    #expect(parameters.map(\.name) == ["regs", "id"])
    let probes = try Self.catalog.probes(at: ["rawtracepoint", "sys_*"])
    #expect(probes.map(\.name) == ["rawtracepoint:vmlinux:sys_enter", "rawtracepoint:vmlinux:sys_exit"])
  }

  @Test(.enabled(if: hasTypes)) func kernelFunctionsHaveSignatures() throws {
    let signature = try #require(Self.catalog.kernelFunctionSignature("vfs_read"))
    #expect(signature.parameters.map(\.name) == ["file", "buf", "count", "pos"])
    #expect(Self.catalog.kernelFunctionSignature("no_such_function") == nil)
  }
}
