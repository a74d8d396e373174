import Testing

@testable import TraceRuntime

@Suite struct TracingMachineryTests {
  private func count(_ names: [String?]) -> Int {
    TracingMachinery.frameCount(names.map { SymbolicAddress(address: 1, name: $0) })
  }

  @Test func `the way to a raw tracepoint's program is machinery`() {
    #expect(
      count([
        "bpf_prog_6deef7357e7b4530_sys_enter_1", "bpf_trace_run2", "__traceiter_sys_enter", "trace_syscall_enter",
        "do_syscall_64", "entry_SYSCALL_64_after_hwframe",
      ]) == 4)
  }

  @Test func `functions between two of the machinery belong to it`() {
    #expect(count(["bpf_prog_1", "inlined_part", "bpf_trace_run2", "vfs_read"]) == 3)
  }

  @Test func `what was asked for is kept`() {
    #expect(count(["vfs_read", "ksys_read", "do_syscall_64"]) == 0)
    #expect(count([nil, "bpf_trace_run2"]) == 0)
    #expect(count([]) == 0)
  }
}
