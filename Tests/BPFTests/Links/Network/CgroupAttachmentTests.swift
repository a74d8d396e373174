import BTF
import Bytecode
import KernelInterface
import KernelTesting
import LinuxSystem
import Testing

@testable import BPF

@Suite(.enabled(if: TestCgroup.root != nil, "no cgroup2 is mounted")) struct CgroupAttachmentTests {
  static let kinds = ProgramType.cgroupAttachTypes.filter { $0.type != .securityModule }.flatMap { row in
    row.attachTypes.map { (row.type, $0) }
  }

  /// Attachments to control groups of Unix sockets' addresses came last.
  private func isKnown(_ type: AttachType) -> Bool { !"\(type)".contains("unix") || runs(6, 7) }

  @Test(arguments: kinds) func attachesToEachEvent(_ type: ProgramType, _ attachType: AttachType) throws {
    guard isKnown(attachType) else { return }
    let cgroup = try TestCgroup()
    for method in [AttachMethod.link, .withoutLink] {
      let counting = try CountingProgram(type, for: attachType, answer: 1)
      let link = try counting.program.attach(toCgroup: cgroup.group, by: method)
      let attached = try cgroup.group.programs(attachType)
      #expect(attached.programIDs == [try counting.id()])
      #expect(attached.flags == .allowMultiple)
      let info = try link.info()
      #expect((info == nil) == (method == .withoutLink))
      if let info {
        #expect(info.type == .cgroup && info.target == .cgroup(id: try cgroup.group.id(), attachType))
      }
      link.close()
      #expect(try eventually { try cgroup.group.programs(attachType).entries.isEmpty })
    }
  }

  @Test(arguments: [AttachMethod.automatic, .link, .withoutLink]) func countsPackets(_ method: AttachMethod) throws {
    let cgroup = try TestCgroup()
    try inNewNetwork {
      let egress = try CountingProgram(.cgroupSocketBuffer, for: .cgroupInetEgress, answer: 1)
      let connects = try CountingProgram(.cgroupSocketAddress, for: .cgroupInet4Connect, answer: 1)
      let creations = try CountingProgram(.cgroupSocket, answer: 1)
      let links = [
        try egress.program.attach(toCgroup: cgroup.group, as: .cgroupInetEgress, by: method),
        try connects.program.attach(toCgroup: cgroup.group, by: method),
        try creations.program.attach(toCgroup: cgroup.group, by: method),
      ]
      let ending = try cgroup.run(
        "exec 3<>/dev/udp/127.0.0.1/9; for i in 1 2 3; do echo $i >&3 || echo $i >&3; done 2>/dev/null")
      #expect(ending == .exited(status: 0))
      #expect(try connects.count() == 1)
      #expect(try creations.count() == 1)
      #expect(try egress.count() == 3)
      // Others are not counted.
      try TestSockets.passDatagrams(2)
      #expect(try egress.count() == 3)
      Link.close(links)
    }
  }

  @Test func tellsWhatRunsBelow() throws {
    let outer = try TestCgroup()
    let inner = try TestCgroup(below: outer.path)
    let first = try CountingProgram(.socketOperations, answer: 1)
    let second = try CountingProgram(.socketOperations, answer: 1)
    let links = [
      try first.program.attach(toCgroup: outer.group), try second.program.attach(toCgroup: inner.group),
    ]
    #expect(try inner.group.programs(.cgroupSockOps).programIDs == [second.id()])
    let effective = try inner.group.programs(.cgroupSockOps, effective: true)
    #expect(effective.programIDs.suffix(2) == [try second.id(), try first.id()])
    Link.close(links)
  }

  @Test func saysWhoIsThere() throws {
    let cgroup = try TestCgroup()
    let first = try CountingProgram(.cgroupDevice, answer: 1)
    let second = try CountingProgram(.cgroupDevice, answer: 1)
    let link = try first.program.attach(toCgroup: cgroup.group, flags: [], by: .withoutLink)
    let refusal = try refusal { try second.program.attach(toCgroup: cgroup.group) }
    guard case .occupied(let programs) = refusal.cause else {
      Issue.record("\(refusal)")
      return
    }
    #expect(programs.contains(try first.id()))
    link.close()
    let shared = try second.program.attach(toCgroup: cgroup.group, by: .withoutLink)
    let replaced = try first.program.attach(toCgroup: cgroup.group, replacing: second.program)
    #expect(try cgroup.group.programs(.cgroupDevice).programIDs == [first.id()])
    shared.close()
    #expect(try cgroup.group.programs(.cgroupDevice).programIDs == [first.id()])
    replaced.close()
    #expect(try eventually { try cgroup.group.programs(.cgroupDevice).entries.isEmpty })
  }

  @Test func keepsTheOrderWhereTheKernelHasOne() throws {
    let cgroup = try TestCgroup()
    let programs = try (0..<3).map { try CountingProgram(.cgroupSysctl, answer: 1, name: "p\($0)") }
    let ids = try programs.map { try $0.id() }
    let first = try programs[0].program.attach(toCgroup: cgroup.group)
    guard let revision = try cgroup.group.programs(.cgroupSysctl).revision else {
      let refusal = try refusal { try programs[1].program.attach(toCgroup: cgroup.group, at: .first) }
      #expect(
        refusal.cause
          == .missing(facility: "order among programs of control groups", firstKernel: KernelVersion(6, 17)))
      return
    }
    let second = try programs[1].program.attach(toCgroup: cgroup.group, at: .before(.link(first)))
    let stale = try refusal { try programs[2].program.attach(toCgroup: cgroup.group, expectedRevision: revision) }
    #expect(stale.cause == .changed(revision: revision + 1))
    let third = try programs[2].program.attach(toCgroup: cgroup.group, at: .after(.link(second)))
    #expect(try cgroup.group.programs(.cgroupSysctl).programIDs == [ids[1], ids[2], ids[0]])
    Link.close([first, second, third])
  }

  /// A hook of the security modules, for the processes of one group.
  @Test(.needs(.program(.securityModule, for: .securityModuleCgroup))) func guardsAGroup() throws {
    let types = try TypeGraph(bytes: FileSystem.contents(of: "/sys/kernel/btf/vmlinux"))
    let hook = try #require(types.id(named: "bpf_lsm_socket_connect", kind: .function))
    let denying = try CountingProgram(
      .securityModule, for: .securityModuleCgroup, answer: 0, attachTypeID: hook.rawValue)
    let cgroup = try TestCgroup()
    try inNewNetwork {
      let link = try denying.program.attach(toCgroup: cgroup.group)
      #expect(try link.info()?.type == .cgroup)
      let command = "exec 2>/dev/null 3<>/dev/udp/127.0.0.1/9"
      #expect(try cgroup.run(command) == .exited(status: 1))
      // Others connect as they like.
      try TestSockets.passDatagrams(1)
      let id = try #require(try link.info()).id
      link.close()
      #expect(eventually { isGone(link: id) })
      #expect(try cgroup.run(command) == .exited(status: 0))
    }
  }

  @Test func saysWhatIsWrong() throws {
    let cgroup = try TestCgroup()
    let wrongType = try refusal { try CountingProgram.xdp().program.attach(toCgroup: cgroup.group) }
    guard case .wrongProgramType(given: .xdp, expected: _) = wrongType.cause else {
      Issue.record("\(wrongType)")
      return
    }
    let wrongEvent = try refusal {
      try CountingProgram(.cgroupSocketAddress, for: .cgroupInet4Bind, answer: 1).program.attach(
        toCgroup: cgroup.group, as: .cgroupInet4Connect)
    }
    #expect(wrongEvent.cause == .wrongAttachType(given: .cgroupInet4Bind, expected: .cgroupInet4Connect))
    #expect(wrongEvent.remedy == "load it with the expected attach type cgroup_inet4_connect")
    let noEvent = try refusal {
      try CountingProgram(.cgroupSocketBuffer, answer: 1).program.attach(toCgroup: cgroup.group)
    }
    #expect(noEvent.cause == .wrongAttachType(given: nil, expected: .cgroupInetIngress))
    let noGroup = try refusal {
      try CountingProgram(.cgroupDevice, answer: 1).program.attach(toCgroup: ControlGroup(path: "/tmp"))
    }
    #expect(noGroup.error?.errno == .badFileDescriptor)
    #expect(throws: BPFError.self) { try ControlGroup(path: "/no/such/group") }
  }
}
