import Glibc
import KernelInterface
import KernelTesting
import LinuxSystem
import TestObjects
import Testing

@testable import BPF

@Suite struct TracingMultiTests {
  @Test(.needs(.link(.traceFentryMulti))) func servesManyFunctions() throws {
    var spec = try ObjectSpec(path: TestObject("load_multi").path)
    for index in spec.programs.indices {
      spec.programs[index].isAttached = spec.programs[index].name != "nowhere"
      if spec.programs[index].name == "on_entry" { spec.programs[index].cookie = 100 }
    }
    try spec.setVariable("process", to: UInt32(CurrentProcess.id))
    let object = try BPFObject(spec)
    let links = try object.attach()
    #expect(
      links.map(\.subject) == [
        "trace_fentry_multi of 2 kernel functions", "trace_fexit_multi of 2 kernel functions",
        "trace_fsession_multi of 2 kernel functions",
      ])
    #expect(try links.first?.info()?.type == .tracingMulti)
    for _ in 0..<3 { _ = getpriority(CInt(PRIO_PROCESS.rawValue), 0) }
    for _ in 0..<2 { _ = getpgid(0) }
    func value(_ name: String) throws -> UInt64 { try object.value(ofVariable: name, as: UInt64.self) }
    #expect(try value("calls") == 5 && value("returns") == 5)
    #expect(try value("both") == 10)
    #expect(try value("cookies") == 500)
    Link.close(links)
    _ = getpgid(0)
    #expect(try value("calls") == 5)
    #expect(throws: BPFError.self) {
      try object.program(named: "nowhere").attach(toFunctions: "there_is_no_such_function_*")
    }
  }

  /// A kernel that cannot do it refuses to load what is meant for it.
  @Test(.enabled(if: !KernelFeatures.running.has(.link(.traceFentryMulti)), "this kernel has links on many functions"))
  func isRefusedByOlderKernels() throws {
    let error = #expect(throws: LoadError.self) { try BPFObject(ObjectSpec(path: TestObject("load_multi").path)) }
    #expect(
      error?.description
        == "program 'on_entry' needs tracing programs for many functions (Linux 7.2 is the first to have them; "
        + "kprobe.multi is older), which this kernel does not have")
    let absence = KernelFeatures.running.absence(of: .link(.traceFentryMulti))
    #expect(absence?.description.contains("tracing links on many functions") == true)
  }
}
