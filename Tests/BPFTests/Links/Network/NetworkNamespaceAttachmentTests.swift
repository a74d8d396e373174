import LinuxSystem
import Testing

@testable import BPF
@testable import KernelInterface

@Suite struct NetworkNamespaceAttachmentTests {
  @Test func looksUpSockets() throws {
    let network = try NetworkNamespace.make()
    let first = try CountingProgram(.socketLookup, for: .skLookup, answer: 1)
    let second = try CountingProgram(.socketLookup, for: .skLookup, answer: 1)
    let links = [
      try first.program.attach(toNetwork: network), try second.program.attach(toNetwork: network),
    ]
    #expect(try network.programs(.skLookup).programIDs == [first.id(), second.id()])
    let info = try #require(try links[0].info())
    #expect(info.type == .networkNamespace)
    #expect(info.target == .networkNamespace(inode: UInt32(truncatingIfNeeded: try network.inode()), .skLookup))
    try network.run {
      try RouteSocket(LiveKernel()).setUp(1)
      try TestSockets.passDatagrams(3)
    }.get()
    #expect(try first.count() == 3)
    #expect(try second.count() == 3)
    Link.close(links)
    #expect(try eventually { try network.programs(.skLookup).entries.isEmpty })
  }

  @Test func dissectsHeadersOnce() throws {
    try inNewNetwork {
      let first = try CountingProgram(.flowDissector, answer: 0)
      let link = try first.program.attachToNetwork()
      let refusal = try refusal { try CountingProgram(.flowDissector, answer: 0).program.attachToNetwork() }
      #expect(refusal.cause == .occupied(programIDs: [try first.id()]))
      #expect(try NetworkNamespace.current().programs(.flowDissector).programIDs == [first.id()])
      link.close()
    }
  }

  @Test func saysWhatIsWrong() throws {
    let network = try NetworkNamespace.make()
    let wrong = try refusal { try CountingProgram.xdp().program.attach(toNetwork: network) }
    #expect(wrong.cause == .wrongProgramType(given: .xdp, expected: [.socketLookup, .flowDissector]))
    let none = try NetworkNamespace(path: "/dev/null")
    let refused = try refusal {
      try CountingProgram(.socketLookup, for: .skLookup, answer: 1).program.attach(toNetwork: none)
    }
    #expect(refused.error?.errno == .invalidArgument)
  }
}
