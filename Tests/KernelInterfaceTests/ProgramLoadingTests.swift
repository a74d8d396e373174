import KernelTesting
import LinuxSystem
import Testing

@testable import KernelInterface

/// `r0 = 0; exit`.
let trivialProgram: [UInt8] = [0xB7, 0, 0, 0, 0, 0, 0, 0, 0x95, 0, 0, 0, 0, 0, 0, 0]

@Suite struct ProgramLoadingTests {
  let kernel = LiveKernel()

  @Test func loadsAndTellsFacts() throws {
    let program = try kernel.loadProgram(
      ProgramLoad(type: .rawTracepoint, instructions: trivialProgram, name: ObjectName("trivial"))
    ).takeDescriptor()
    let information = try kernel.programInfo(program)
    #expect(information.name == "trivial")
    #expect(information.type == .rawTracepoint)
    #expect(information.translatedSize == 16)
    #expect(information.mapIDs.isEmpty)
    #expect(information.isGPLCompatible)
    #expect(try kernel.translatedInstructions(of: program) == trivialProgram)
    #expect(try kernel.machineCode(of: program).count == information.jitedSize)
    let again = try kernel.open(.program, id: information.id)
    #expect(try kernel.programInfo(again).id == information.id)
    #expect(try kernel.ids(of: .program).contains(information.id))
  }

  @Test func runsWithoutBeingAttached() throws {
    // r0 = *(u64 *)(r1 + 8); exit
    let program = try kernel.loadProgram(
      ProgramLoad(type: .rawTracepoint, instructions: [0x79, 0x10, 8, 0, 0, 0, 0, 0, 0x95, 0, 0, 0, 0, 0, 0, 0])
    ).takeDescriptor()
    var context = [UInt8](repeating: 0, count: 16)
    context[8] = 42
    #expect(try kernel.testRun(program, TestRun(context: context)).returnValue == 42)
    #expect(try kernel.testRun(program, TestRun(context: context, cpu: 0)).returnValue == 42)
    #expect(throws: SystemCallError(call: "bpf(BPF_PROG_TEST_RUN)", subject: "program", errno: .invalidArgument)) {
      try kernel.testRun(program, TestRun(context: []))
    }
  }

  @Test func givesTheVerifiersReason() throws {
    // exit without a value in r0
    let load = ProgramLoad(
      type: .rawTracepoint, instructions: [0x95, 0, 0, 0, 0, 0, 0, 0], name: ObjectName("empty"))
    do throws(ProgramRefusal) {
      _ = try kernel.loadProgram(load).takeDescriptor()
      Issue.record("the verifier took a program that returns nothing")
    } catch {
      #expect(error.error.call == "bpf(BPF_PROG_LOAD)")
      #expect(error.error.subject == "program 'empty'")
      #expect(error.error.errno == .permissionDenied)
      #expect(String(decoding: error.log, as: UTF8.self).contains("R0 !read_ok"))
    }
    do throws(ProgramRefusal) {
      _ = try kernel.loadProgram(load, log: .never).takeDescriptor()
      Issue.record("the verifier took a program that returns nothing")
    } catch {
      #expect(error.log.isEmpty)
    }
  }

  @Test func growsTheLogUntilItFits() throws {
    let scripted = ScriptedKernel([
      .programLoad: [.failure(.permissionDenied), .failure(.noSpace), .failure(.noSpace), .failure(.permissionDenied)]
    ])
    do throws(ProgramRefusal) {
      _ = try scripted.loadProgram(ProgramLoad(type: .kprobe, instructions: trivialProgram)).takeDescriptor()
      Issue.record("a scripted failure was taken for a program")
    } catch {
      #expect(error.error.errno == .permissionDenied)
      #expect(!error.logIsCut)
    }
    #expect(scripted.calls.count == 4)
    let unlucky = ScriptedKernel([.programLoad: Array(repeating: .failure(.noSpace), count: 9)])
    do throws(ProgramRefusal) {
      _ = try unlucky.loadProgram(ProgramLoad(type: .kprobe, instructions: trivialProgram)).takeDescriptor()
      Issue.record("a scripted failure was taken for a program")
    } catch {
      #expect(error.logIsCut)
    }
  }

  @Test func asksNoLogWhenPrivilegesAreMissing() {
    let scripted = ScriptedKernel([.programLoad: [.failure(.notPermitted)]])
    #expect(throws: ProgramRefusal.self) {
      _ = try scripted.loadProgram(ProgramLoad(type: .kprobe, instructions: trivialProgram)).takeDescriptor()
    }
    #expect(scripted.calls == [.programLoad])
  }

  @Test func triesAgainAfterASignal() throws {
    let scripted = ScriptedKernel([.programLoad: [.failure(.resourceTemporarilyUnavailable), .descriptor]])
    _ = try scripted.loadProgram(ProgramLoad(type: .kprobe, instructions: trivialProgram)).takeDescriptor()
  }
}
