import Bytecode
import KernelInterface
import LinuxSystem
import Testing

@testable import BPF

@Suite struct ProgramOpeningTests {
  @Test func pinnedProgramsAreOpenedByPathAndNumber() throws {
    let files = try BPFFileSystem()
    let path = "\(files.path)/program"
    let id: UInt32
    do {
      let program = try Program(ProgramTests.spec(.rawTracepoint, [.move(.r0, 7), .exit]))
      id = try program.info().id
      try program.pin(at: path)
    }
    #expect(try exists(.program, id))
    do {
      let pinned = try Program(pinnedAt: path)
      #expect(pinned.spec.name == "program")
      #expect(pinned.spec.type == .rawTracepoint)
      #expect(pinned.spec.license == "GPL")
      #expect(try pinned.info().id == id)
      #expect(try pinned.run().returnValue == 7)
      #expect(try Program(id: id).info().tag == pinned.info().tag)
      try FileSystem.remove(path)
    }
    try expectGone(.program, id)
    #expect(
      throws: BPFError.systemCall(
        SystemCallError(call: "bpf(BPF_PROG_GET_FD_BY_ID)", subject: "program \(id)", errno: .noSuchFileOrDirectory))
    ) { try Program(id: id) }
  }

  @Test func opensProgramsOnly() throws {
    let files = try BPFFileSystem()
    let path = "\(files.path)/map"
    try Map(MapSpec(name: "map", type: .array, keySize: 4, valueSize: 8, maxEntries: 1)).pin(at: path)
    #expect(throws: BPFError.notAProgram(path)) { try Program(pinnedAt: path) }
    #expect(
      throws: BPFError.systemCall(
        SystemCallError(call: "bpf(BPF_OBJ_GET)", subject: path + "-none", errno: .noSuchFileOrDirectory))
    ) { try Program(pinnedAt: path + "-none") }
  }
}
