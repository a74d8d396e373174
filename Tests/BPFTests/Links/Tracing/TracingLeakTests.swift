import KernelInterface
import KernelTesting
import Testing

@testable import BPF

/// What is loaded, attached and closed many times leaves nothing behind: no program, map or link, no descriptor, and no
/// line in tracefs.
///
/// Neither does what fails half-way. Each case has a process of its own, so that its descriptors can be counted.
@Suite struct TracingLeakTests {
  @Test(arguments: [TracingAttachment.tracepoint, .rawTracepoint, .typedTracepoint, .perfEvent, .iterator])
  func events(_ kind: TracingAttachment) async { await leavesNothing(kind) }

  @Test(.needs(.uprobes), arguments: [TracingAttachment.uprobe, .uprobeOfTraceFS, .uretprobe, .usdt])
  func userFunctions(_ kind: TracingAttachment) async { await leavesNothing(kind) }

  @Test(.needs(.uprobeMulti), arguments: [TracingAttachment.uprobeMulti, .usdtMulti])
  func manyUserFunctions(_ kind: TracingAttachment) async { await leavesNothing(kind) }

  @Test(.needs(.uprobeSession)) func sessionsOfUserFunctions() async { await leavesNothing(.uprobeSession) }

  @Test(.needs(.kprobes), arguments: [TracingAttachment.kprobe, .kprobeOfTraceFS, .kretprobe])
  func kernelFunctions(_ kind: TracingAttachment) async { await leavesNothing(kind) }

  @Test(.needs(.kprobeMulti)) func manyKernelFunctions() async { await leavesNothing(.kprobeMulti) }

  @Test(.needs(.kprobeSession)) func sessionsOfKernelFunctions() async { await leavesNothing(.kprobeSession) }

  @Test(.needs(.program(.tracing, for: .traceFentry)), arguments: [TracingAttachment.fentry, .fexit, .modifyReturn])
  func trampolines(_ kind: TracingAttachment) async { await leavesNothing(kind) }

  @Test(.needs(.program(.securityModule, for: .securityModule)))
  func securityHooks() async { await leavesNothing(.securityHook) }

  private func leavesNothing(_ kind: TracingAttachment) async {
    await #expect(processExitsWith: .success) { [kind = kind as TracingAttachment] in
      var made = ObjectsOfProcess(named: kind.rawValue)
      try made.expectNone(after: Repetitions.ofAttachments) { made in
        let link = try kind.attach()
        try made.note(link)
        link.close()
      }
    }
  }

  @Test(arguments: [TracingFailure.tracepoint, .rawTracepoint, .laterEvent, .iterator])
  func failingEvents(_ failure: TracingFailure) async { await failsCleanly(failure) }

  @Test(.needs(.uprobes), arguments: [TracingFailure.uprobe, .uprobeOfTraceFS, .laterPlace])
  func failingUserFunctions(_ failure: TracingFailure) async { await failsCleanly(failure) }

  @Test(.needs(.uprobeMulti)) func failingManyUserFunctions() async { await failsCleanly(.uprobeMulti) }

  @Test(.needs(.kprobes), arguments: [TracingFailure.kprobe, .kprobeOfTraceFS])
  func failingKernelFunctions(_ failure: TracingFailure) async { await failsCleanly(failure) }

  @Test(.needs(.kprobeMulti)) func failingManyKernelFunctions() async { await failsCleanly(.kprobeMulti) }

  private func failsCleanly(_ failure: TracingFailure) async {
    await #expect(processExitsWith: .success) { [failure = failure as TracingFailure] in
      var made = ObjectsOfProcess(named: failure.rawValue)
      try made.expectNone(after: Repetitions.ofAttachments) { made in
        let (program, maps) = try failure.program()
        try made.note(program)
        #expect(throws: BPFError.self) { try failure.attach(program, maps) }
      }
    }
  }
}
