import LinuxSystem
import Testing

@testable import BPF
@testable import KernelInterface

@Suite struct ClassifierAttachmentTests {
  @Test(arguments: TrafficDirection.allCases) func countsAndLeaves(_ direction: TrafficDirection) throws {
    try inNewNetwork {
      let loopback = try NetworkInterface(named: "lo")
      let sender = try FrameSender(from: loopback, to: loopback)
      let counting = try CountingProgram.classifier(name: "a_name")
      let attachment = try counting.program.attach(
        toClassifierOf: loopback, direction, at: ClassifierPlace(priority: 7, handle: 3))
      try sender.send(4)
      #expect(try counting.count() == 4)
      let filter = ClassifierFilter(
        priority: 7, handle: 3, programID: try counting.id(), name: "a_name", isDirectAction: true)
      #expect(attachment.filter == filter)
      #expect(try loopback.classifiers(direction) == [filter])
      #expect(try attachment.link.info() == nil)
      attachment.close()
      #expect(try eventually { try loopback.classifiers(direction).isEmpty })
      #expect(try !RouteSocket(LiveKernel()).hasClassifierQueueing(interface: loopback.index, subject: "lo"))
      try sender.send(1)
      #expect(try counting.count() == 4)
    }
  }

  @Test func keepsWhatOthersMade() throws {
    try inNewNetwork {
      let loopback = try NetworkInterface(named: "lo")
      let programs = try (0..<3).map { try CountingProgram.classifier(name: "p\($0)") }
      let first = try programs[0].program.attach(toClassifierOf: loopback, .ingress)
      let second = try programs[1].program.attach(toClassifierOf: loopback, .egress)
      #expect(first.filter.priority != 0 && first.filter.handle != 0)
      first.close()
      // It made the queueing discipline, which the other one uses.
      #expect(try loopback.classifiers(.egress).map(\.programID) == [programs[1].id()])
      let place = ClassifierPlace(priority: second.filter.priority, handle: second.filter.handle)
      let refusal = try refusal {
        try programs[2].program.attach(toClassifierOf: loopback, .egress, at: place).link
      }
      #expect(refusal.cause == .occupied(programIDs: [try programs[1].id()]))
      var replacing = place
      replacing.isReplacing = true
      let third = try programs[2].program.attach(toClassifierOf: loopback, .egress, at: replacing)
      second.close()
      #expect(try loopback.classifiers(.egress) == [third.filter])
      third.close()
      #expect(try eventually { try loopback.classifiers(.egress).isEmpty })
    }
  }

  @Test func leavesNothingAfterAnError() throws {
    try inNewNetwork {
      let loopback = try NetworkInterface(named: "lo")
      let socket = try RouteSocket(LiveKernel())
      let counting = try CountingProgram.classifier()
      #expect(throws: NetlinkError.self) {
        try socket.createClassifierQueueing(interface: 77, subject: "77")
      }
      let gone = try refusal {
        try counting.program.attach(
          toClassifierOf: NetworkInterface(
            InterfaceRecord(
              index: 77, name: "gone", maximumTransmissionUnit: 0, isUp: false, xdp: XDPRecord())), .ingress
        ).link
      }
      #expect(gone.cause == .noSuchInterface("gone"))
      #expect(try !socket.hasClassifierQueueing(interface: loopback.index, subject: "lo"))
    }
  }
}
