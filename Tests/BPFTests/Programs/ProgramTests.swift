import Bytecode
import KernelInterface
import KernelTesting
import LinuxSystem
import Testing

@testable import BPF

@Suite struct ProgramTests {
  static func spec(_ type: ProgramType, _ instructions: [Instruction], relocations: [Relocation] = [])
    -> ProgramSpec
  {
    ProgramSpec(name: "program", type: type, code: Assembly(instructions: instructions, relocations: relocations))
  }

  @Test func resolvesMaps() throws {
    let map = try Map(MapSpec(name: "one", type: .array, keySize: 4, valueSize: 8, maxEntries: 1))
    var code = Assembler()
    code.loadMapValue(.r1, MapReference(index: 0), offset: 0)
    code.append(.move(.r2, 77))
    code.append(.store(.doubleWord, .r2, to: .r1))
    code.append(.move(.r0, 3))
    code.append(.exit)
    let program = try Program(
      ProgramSpec(name: "store", type: .rawTracepoint, code: code.finish()), maps: [map], log: .always(.statistics))
    #expect(try program.run().returnValue == 3)
    #expect(try map.value(of: bytes(0 as UInt32)) == bytes(77 as UInt64))
    #expect(try program.info().mapIDs == [map.info().id])
    #expect(program.log?.statistics?.processedInstructions == 5)
  }

  @Test func namesMapsThatAreMissing() {
    let code = Instruction.wideLoad(.r1, .map, low: 0) + [.move(.r0, 0), .exit]
    let spec = Self.spec(.rawTracepoint, code, relocations: [Relocation(instruction: 0, map: MapReference(index: 2))])
    #expect(throws: BPFError.unresolvedMap(program: "program", map: 2)) { try Program(spec) }
  }

  @Test func explainsRefusals() throws {
    do throws(BPFError) {
      _ = try Program(Self.spec(.rawTracepoint, [.load(.doubleWord, .r0, from: .r1, offset: 0x2000), .exit]))
      Issue.record("the verifier took an access beyond the context")
    } catch {
      guard case .programRefused(let refusal) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(refusal.error.errno == .permissionDenied)
      #expect(refusal.instruction == 0)
      #expect(refusal.reason == "invalid bpf_context access off=8192 size=8")
    }
  }

  @Test func linksLastAsLongAsTheirObject() throws {
    let program = try Program(Self.spec(.rawTracepoint, [.move(.r0, 0), .exit]))
    let id: UInt32
    do {
      let link = try program.attach(toRawTracepoint: "sched_process_exit")
      let info = try #require(try link.info())
      #expect(info.type == .rawTracepoint)
      #expect(info.programID == (try program.info().id))
      id = info.id
    }
    #expect(throws: SystemCallError.self) { _ = try LiveKernel().open(.link, id: id).disown() }
    #expect(throws: BPFError.self) { try program.attach(toRawTracepoint: "no such tracepoint") }
  }

  @Test func detachesManyAtOnce() throws {
    let tracing = try TraceFS(LiveKernel())
    let names = ["fork", "exec", "exit"]
    let links = try names.map { name in
      let program = try Program(Self.spec(.tracepoint, [.move(.r0, 0), .exit]))
      let id = try tracing.eventID(subsystem: "sched", name: "sched_process_\(name)")
      return try program.attach(to: .tracepoint(id: id), on: .cpu(0), subject: name)
    }
    let ids = try links.compactMap { try $0.info()?.id }
    #expect(ids.count == (KernelFeatures.running.has(.perfEventLinks) ? 3 : 0))
    Link.detach(links)
    for id in ids { #expect(throws: SystemCallError.self) { _ = try LiveKernel().open(.link, id: id).disown() } }
    #expect(try links[0].info() == nil)
    Link.close(links)
    Link.close(links)
  }

  @Test(.needs(.perfEventLinks)) func attachesToPerfEvents() throws {
    let program = try Program(Self.spec(.tracepoint, [.move(.r0, 0), .exit]))
    let id = try TraceFS(LiveKernel()).eventID(subsystem: "sched", name: "sched_process_exit")
    let link = try program.attach(to: .tracepoint(id: id), on: .cpu(0), subject: "tracepoint x")
    #expect(try link.info()?.type == .perfEvent)
    #expect(
      throws: BPFError.systemCall(
        SystemCallError(call: "bpf(BPF_LINK_CREATE)", subject: "tracepoint x", errno: .fileExists))
    ) {
      try program.attach(to: .tracepoint(id: id), on: .cpu(0), subject: "tracepoint x")
    }
  }
}
