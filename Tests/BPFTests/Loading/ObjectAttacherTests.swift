import KernelInterface
import TestObjects
import Testing

@testable import BPF

@Suite struct ObjectAttacherTests {
  @Test func namesWhatItLeaves() throws {
    let object = try BPFObject(ObjectSpec(path: TestObject("load_targets").path))
    let attachment = try object.attach(to: AttachmentTargets())
    #expect(attachment.links.isEmpty)
    #expect(
      attachment.left.map { "\($0.program): \($0.reason)" } == [
        "count_frames: interface", "redirected: element", "count_incoming: interface", "count_outgoing: interface",
        "pass: controlGroup", "watch: controlGroup", "tick: frequency", "choose: network", "verdict: socketMap",
        "filter: socket", "anywhere: target",
      ])
    #expect(
      attachment.left.last?.description
        == "program 'anywhere' (kprobe) is not attached: its section names no target; set ObjectProgram.attachTarget "
        + "before loading, or attach it by hand")
    #expect(try object.attach().isEmpty)
  }

  @Test func attachesWhereItIsTold() throws {
    let object = try BPFObject(ObjectSpec(path: TestObject("load_targets").path))
    let group = try TestCgroup()
    try inNewNetwork {
      var targets = AttachmentTargets()
      targets.interfaces = ["lo"]
      targets.controlGroups = [group.path]
      targets.frequency = 1
      targets.includesNetwork = true
      targets.socketMaps = ["connections"]
      let attachment = try object.attach(to: targets)
      #expect(
        attachment.links.compactMap { $0.program?.spec.name } == [
          "count_frames", "count_incoming", "count_outgoing", "pass", "watch", "tick", "choose", "verdict",
        ])
      #expect(attachment.left.map(\.program) == ["redirected", "filter", "anywhere"])
      let loopback = try NetworkInterface(named: "lo")
      try FrameSender(from: loopback, to: loopback).send(5)
      for name in ["frames", "incoming", "outgoing"] {
        #expect(try object.value(ofVariable: name, as: UInt64.self) == 5, "\(name)")
      }
      Link.close(attachment.links)
      #expect(try eventually { try loopback.xdpPrograms().isEmpty })
    }
  }

  @Test func leavesNothingBehindWhenATargetIsMissing() throws {
    let object = try BPFObject(ObjectSpec(path: TestObject("load_targets").path))
    try inNewNetwork {
      var targets = AttachmentTargets()
      targets.interfaces = ["lo", "there_is_none"]
      #expect(throws: BPFError.self) { try object.attach(to: targets) }
      let loopback = try NetworkInterface(named: "lo")
      #expect(try eventually { try loopback.xdpPrograms().isEmpty })
      targets.interfaces = []
      targets.socketMaps = ["there_is_none"]
      #expect(throws: BPFError.attach(.noSuchMap("there_is_none", object: object.spec.name))) {
        try object.attach(to: targets)
      }
    }
  }
}
