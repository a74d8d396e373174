import KernelTesting
import LinuxSystem
import Testing

@testable import BPF
@testable import KernelInterface

@Suite struct TCXAttachmentTests {
  @Test(.needs(.link(.tcxIngress)), arguments: TrafficDirection.allCases)
  func countsAndLeaves(_ direction: TrafficDirection) throws {
    try inNewNetwork {
      let loopback = try NetworkInterface(named: "lo")
      let sender = try FrameSender(from: loopback, to: loopback)
      let counting = try CountingProgram.classifier()
      let link = try counting.program.attach(toTCXOf: loopback, direction)
      try sender.send(4)
      #expect(try counting.count() == 4)
      let info = try #require(try link.info())
      #expect(info.type == .tcx)
      #expect(
        info.target
          == .interface(index: loopback.index, direction == .ingress ? .tcxIngress : .tcxEgress))
      let attached = try loopback.tcxPrograms(direction)
      #expect(attached.entries == [.init(programID: try counting.id(), linkID: info.id)])
      #expect(attached.revision == 2)
      link.close()
      #expect(try eventually { try loopback.tcxPrograms(direction).entries.isEmpty })
    }
  }

  @Test(.needs(.link(.tcxIngress))) func keepsTheOrder() throws {
    try inNewNetwork {
      let loopback = try NetworkInterface(named: "lo")
      let programs = try (0..<6).map { try CountingProgram.classifier(name: "p\($0)") }
      let ids = try programs.map { try $0.id() }
      let middle = try programs[0].program.attach(toTCXOf: loopback, .ingress)
      let last = try programs[1].program.attach(toTCXOf: loopback, .ingress)
      let first = try programs[2].program.attach(toTCXOf: loopback, .ingress, at: .first)
      let after = try programs[3].program.attach(toTCXOf: loopback, .ingress, at: .after(.link(first)))
      let lastID = try #require(try last.info()).id
      let before = try programs[4].program.attach(toTCXOf: loopback, .ingress, at: .before(.linkID(lastID)))
      #expect(try loopback.tcxPrograms(.ingress).programIDs == [2, 3, 0, 4, 1].map { ids[$0] })
      let alien = try refusal {
        try programs[5].program.attach(toTCXOf: loopback, .ingress, at: .before(.program(programs[5].program)))
      }
      #expect(alien.cause == .noSuchNeighbour)
      let revision = try #require(try loopback.tcxPrograms(.ingress).revision)
      let stale = try refusal {
        try programs[5].program.attach(toTCXOf: loopback, .ingress, expectedRevision: revision - 1)
      }
      #expect(stale.cause == .changed(revision: revision))
      let twice = try refusal { try programs[0].program.attach(toTCXOf: loopback, .ingress) }
      #expect(twice.cause == .occupied(programIDs: [ids[0]]))
      let fresh = try programs[5].program.attach(toTCXOf: loopback, .ingress, expectedRevision: revision)
      #expect(try loopback.tcxPrograms(.ingress).programIDs.count == 6)
      Link.close([middle, last, first, after, before, fresh])
      #expect(try eventually { try loopback.tcxPrograms(.ingress).entries.isEmpty })
    }
  }

  /// The program before decides whether the next one sees a packet.
  @Test(.needs(.link(.tcxIngress))) func updatesALink() throws {
    try inNewNetwork {
      let loopback = try NetworkInterface(named: "lo")
      let sender = try FrameSender(from: loopback, to: loopback)
      let passing = try CountingProgram.classifier()
      let deciding = try CountingProgram.classifier(answer: 0)
      let behind = try CountingProgram.classifier()
      let links = [
        try passing.program.attach(toTCXOf: loopback, .egress), try behind.program.attach(toTCXOf: loopback, .egress),
      ]
      try sender.send(1)
      try links[0].update(to: deciding.program)
      try sender.send(2)
      #expect(try [passing.count(), deciding.count(), behind.count()] == [1, 2, 1])
      Link.close(links)
    }
  }

  @Test(.needs(.link(.netkitPrimary)), arguments: NetkitSide.allCases) func countsOnNetkit(_ side: NetkitSide) throws {
    try inNewNetwork {
      try RouteSocket(LiveKernel()).makePair("left", "right", kind: "netkit")
      let left = try NetworkInterface(named: "left")
      let right = try NetworkInterface(named: "right")
      let sender = try side == .primary ? FrameSender(from: left, to: right) : FrameSender(from: right, to: left)
      let counting = try CountingProgram.classifier()
      let first = try CountingProgram.classifier()
      let link = try counting.program.attach(toNetkit: left, side)
      let before = try first.program.attach(toNetkit: left, side, at: .first)
      try sender.send(3)
      #expect(try counting.count() == 3)
      #expect(try first.count() == 3)
      #expect(try link.info()?.type == .netkit)
      #expect(try left.netkitPrograms(side).programIDs == [first.id(), counting.id()])
      let peer = try refusal { try CountingProgram.classifier().program.attach(toNetkit: right, side) }
      #expect(peer.error?.errno == .permissionDenied)
      Link.close([link, before])
      #expect(try eventually { try left.netkitPrograms(side).entries.isEmpty })
    }
  }

  @Test(arguments: [KernelFeature.link(.tcxIngress), .link(.netkitPrimary)])
  func saysWhatIsMissing(_ feature: KernelFeature) throws {
    guard let absence = KernelFeatures.running.absence(of: feature) else { return }
    try inNewNetwork {
      let loopback = try NetworkInterface(named: "lo")
      let counting = try CountingProgram.classifier()
      let missing = try refusal {
        feature == .link(.tcxIngress)
          ? try counting.program.attach(toTCXOf: loopback, .ingress)
          : try counting.program.attach(toNetkit: loopback, .primary)
      }
      #expect(missing.cause == .absent(absence))
      #expect("\(missing)".contains("\(absence)"))
    }
  }

  @Test func saysWhatIsWrong() throws {
    try inNewNetwork {
      let loopback = try NetworkInterface(named: "lo")
      let wrong = try refusal { try CountingProgram.xdp().program.attach(toTCXOf: loopback, .ingress) }
      #expect(wrong.cause == .wrongProgramType(given: .xdp, expected: [.schedulerClassifier]))
    }
  }
}
