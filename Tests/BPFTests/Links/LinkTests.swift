import Bytecode
import KernelInterface
import KernelTesting
import LinuxSystem
import Testing

@testable import BPF

@Suite struct LinkTests {
  private func program(_ value: Int32 = 0) throws -> Program {
    try Program(ProgramTests.spec(.rawTracepoint, [.move(.r0, value), .exit]))
  }

  private func exists(link id: UInt32) -> Bool {
    (try? LiveKernel().open(.link, id: id).disown()).map { _ = try? OwnedDescriptor(adopting: $0) } != nil
  }

  @Test func pinKeepsTheAttachment() throws {
    let folder = try BPFFileSystem()
    let path = "\(folder.path)/link"
    let id: UInt32
    do {
      let link = try program().attach(toRawTracepoint: "sched_process_exit")
      id = try #require(try link.info()).id
      try link.pin(at: path)
      link.close()
      #expect(throws: BPFError.noKernelLink("rawtracepoint sched_process_exit")) { try link.pin(at: path + "2") }
    }
    #expect(exists(link: id))
    do {
      let again = try Link(pinnedAt: path)
      #expect(again.program == nil)
      #expect(again.subject == path)
      let info = try #require(try again.info())
      #expect(info.id == id)
      #expect(info.target == .rawTracepoint(name: "sched_process_exit", cookie: 0))
      try FileSystem.remove(path)
      #expect(exists(link: id))
    }
    // The pin's own reference goes when no reader can still see its name.
    #expect(eventually { !exists(link: id) })
  }

  @Test func opensLinksOnly() throws {
    let folder = try BPFFileSystem()
    let path = "\(folder.path)/program"
    let program = try program()
    try LiveKernel().pin(program.descriptor, at: path)
    #expect(throws: BPFError.notALink(path)) { try Link(pinnedAt: path) }
    #expect(
      throws: BPFError.systemCall(
        SystemCallError(call: "bpf(BPF_OBJ_GET)", subject: path + "-none", errno: .noSuchFileOrDirectory))
    ) { try Link(pinnedAt: path + "-none") }
  }

  @Test func opensByNumber() throws {
    let link = try program().attach(toRawTracepoint: "sched_process_exit")
    let id = try #require(try link.info()).id
    let second = try Link(id: id)
    #expect(second.subject == "link \(id)")
    link.close()
    #expect(try second.info()?.id == id)
    second.close()
    #expect(!exists(link: id))
    #expect(try second.info() == nil)
  }

  @Test func kindsThatCannotBeUpdatedSaySo() throws {
    let link = try program().attach(toRawTracepoint: "sched_process_exit")
    #expect(throws: BPFError.self) { try link.update(to: program(1)) }
    #expect(throws: BPFError.self) { try link.forceDetach() }
    #expect(try link.info() != nil)
  }

  @Test func perfEventsOnEveryCPUAreOneAttachment() throws {
    let program = try Program(ProgramTests.spec(.perfEvent, [.move(.r0, 0), .exit]))
    let link = try program.attach(toEvent: .software(.minorFaults, .period(1 << 40)))
    #expect(try link.parts.count == CPUList.online().cpus.count)
    #expect(try link.info() == nil)
    let ids = try link.parts.compactMap { try $0.info()?.id }
    if KernelFeatures(LiveKernel()).has(.perfEventLinks) {
      #expect(ids.count == link.parts.count)
      if runs(6, 9) {
        let target = try #require(try link.parts.first?.info()).target
        #expect(target == .event(type: 1, config: SoftwareEvent.minorFaults.rawValue, cookie: 0))
      }
    }
    #expect(throws: BPFError.self) { try link.pin(at: "/nowhere") }
    link.close()
    #expect(link.parts.allSatisfy { (try? $0.info()) == .some(nil) })
    for id in ids { #expect(!exists(link: id)) }
  }

  @Test func undoesWhatHasNoDescriptor() throws {
    let calls = Calls()
    do {
      let link = Link(subject: "x", program: try program(), Link.State(undo: { calls.add() }))
      Link.detach([link])
      #expect(calls.count == 1)
      link.close()
    }
    #expect(calls.count == 1)
    do { _ = Link(subject: "x", program: try program(), Link.State(undo: { calls.add() })) }
    #expect(calls.count == 2)
  }
}
