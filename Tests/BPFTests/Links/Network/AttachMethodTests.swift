import KernelInterface
import LinuxSystem
import Testing

@testable import BPF

/// What is attached without a link where the kernel has none, and what cannot be.
@Suite struct AttachMethodTests {
  let kernel = KernelWithoutLinks()

  @Test func interfaces() throws {
    try inNewNetwork {
      let loopback = try NetworkInterface(named: "lo")
      let sender = try FrameSender(from: loopback, to: loopback)
      let counting = try CountingProgram(.xdp, answer: 2, .frames(data: 0, end: 4), kernel: kernel)
      let link = try counting.program.attach(toXDPOf: loopback)
      #expect(try link.info() == nil)
      try sender.send(2)
      #expect(try counting.count() == 2)
      link.close()
      #expect(try eventually { try loopback.xdpPrograms().isEmpty })
      let insisting = try refusal { try counting.program.attach(toXDPOf: loopback, by: .link) }
      #expect(insisting.error?.errno == .invalidArgument)
      #expect(try eventually { try loopback.xdpPrograms().isEmpty })

      let classifier = try CountingProgram(.schedulerClassifier, answer: -1, kernel: kernel)
      let missing = try refusal { try classifier.program.attach(toTCXOf: loopback, .ingress) }
      guard case .absent(let absence) = missing.cause else {
        Issue.record("\(missing)")
        return
      }
      #expect(absence.feature == .link(.tcxIngress))
    }
  }

  @Test(.enabled(if: TestCgroup.root != nil, "no cgroup2 is mounted")) func controlGroups() throws {
    let cgroup = try TestCgroup()
    let counting = try CountingProgram(.cgroupDevice, answer: 1, kernel: kernel)
    let link = try counting.program.attach(toCgroup: cgroup.group)
    #expect(try link.info() == nil)
    #expect(try cgroup.group.programs(.cgroupDevice).programIDs == [counting.id()])
    link.close()
    #expect(try eventually { try cgroup.group.programs(.cgroupDevice).entries.isEmpty })
    #expect(throws: BPFError.self) { try counting.program.attach(toCgroup: cgroup.group, by: .link) }
  }

  @Test func mapsOfSockets() throws {
    let map = try Map(MapSpec(name: "sockets", type: .socketMap, keySize: 4, valueSize: 4, maxEntries: 1))
    let counting = try CountingProgram(.socketMessage, for: .skMsgVerdict, answer: 1, kernel: kernel)
    let link = try counting.program.attach(toSocketMap: map)
    #expect(try link.info() == nil)
    link.close()
    // Nothing is there any more, so the place is free.
    try counting.program.attach(toSocketMap: map).close()
  }
}
