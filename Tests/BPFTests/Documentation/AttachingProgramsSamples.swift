import KernelInterface
import KernelTesting
import TestObjects
import Testing

@testable import BPF

/// The code of AttachingPrograms.md, as it stands there.
@Suite struct AttachingProgramsSamples {
  func bySections(_ object: BPFObject) throws {
    let links = try object.attach()
    defer { Link.close(links) }

    print(links.count)
  }

  @Test func atTargetsAndOneByOne() throws {
    var spec = try ObjectSpec(path: TestObject("load_targets").path)
    for index in spec.programs.indices where spec.programs[index].name == "count_incoming" {
      spec.programs[index].isAttached = false
    }
    let object = try BPFObject(spec)
    let testGroup = try TestCgroup()
    let group = testGroup.path
    try inNewNetwork {
      var targets = AttachmentTargets()
      targets.interfaces = ["lo"]
      targets.controlGroups = [group]
      targets.frequency = 99
      let attachment = try object.attach(to: targets)
      for program in attachment.left { print(program) }

      #expect(
        attachment.left.first { $0.program == "filter" }?.description
          == "program 'filter' (socket) is not attached: call Program.attach(toSocket:) or "
          + "attach(toReusePortGroupOf:) with a socket")
      #expect(!attachment.links.contains { $0.program?.spec.name == "count_incoming" })
      Link.close(attachment.links)
      let loopback = try NetworkInterface(named: "lo")
      #expect(try eventually { try loopback.xdpPrograms().isEmpty })

      let interface = try NetworkInterface(named: "lo")
      let counting = try object.program(named: "count_frames").attach(toXDPOf: interface, mode: .generic)
      let passing = try object.program(named: "pass").attach(toCgroup: ControlGroup(path: group), as: .cgroupInetEgress)

      Link.close([counting, passing])
    }
  }
}
