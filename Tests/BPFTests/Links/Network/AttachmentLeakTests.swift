import KernelTesting
import LinuxSystem
import Testing

@testable import BPF
@testable import KernelInterface

/// What is attached and closed many times leaves neither a link nor the program behind.
@Suite struct AttachmentLeakTests {
  private func repeatedly(_ counting: () throws -> CountingProgram, _ attach: (Program) throws -> Link) throws {
    func run() throws -> UInt32 {
      let program = try counting().program
      for _ in 0..<Repetitions.ofAttachments {
        let link = try attach(program)
        let last = try link.info()?.id
        link.close()
        // The next one may need the place.
        if let last, !eventually({ isGone(link: last) }) {
          Issue.record("link \(last) of \(link.subject) is still there")
          break
        }
      }
      return try program.info().id
    }
    let id = try run()
    #expect(eventually { isGone(.program, id) })
  }

  @Test func interfaces() throws {
    try inNewNetwork {
      let loopback = try NetworkInterface(named: "lo")
      for method in [AttachMethod.link, .withoutLink] {
        try repeatedly({ try .xdp() }) { try $0.attach(toXDPOf: loopback, by: method) }
      }
      try repeatedly({ try .classifier() }) { try $0.attach(toClassifierOf: loopback, .ingress).link }
      #expect(try !RouteSocket(LiveKernel()).hasClassifierQueueing(interface: loopback.index, subject: "lo"))
    }
  }

  @Test(.needs(.link(.tcxIngress))) func orderedInterfaces() throws {
    try inNewNetwork {
      let loopback = try NetworkInterface(named: "lo")
      try repeatedly({ try .classifier() }) { try $0.attach(toTCXOf: loopback, .egress) }
    }
  }

  @Test(.needs(.link(.netfilter))) func netfilter() throws {
    try inNewNetwork {
      try repeatedly({ try CountingProgram(.netfilter, for: .netfilter, answer: 1) }) {
        try $0.attach(to: NetfilterHook(.ipv4, .localIn))
      }
    }
  }

  @Test func networksAndMaps() throws {
    let network = try NetworkNamespace.make()
    try repeatedly({ try CountingProgram(.socketLookup, for: .skLookup, answer: 1) }) {
      try $0.attach(toNetwork: network)
    }
    let map = try Map(MapSpec(name: "sockets", type: .socketMap, keySize: 4, valueSize: 4, maxEntries: 1))
    try repeatedly({ try CountingProgram(.socketMessage, for: .skMsgVerdict, answer: 1) }) {
      try $0.attach(toSocketMap: map)
    }
  }

  @Test(.enabled(if: TestCgroup.root != nil, "no cgroup2 is mounted"), arguments: [AttachMethod.link, .withoutLink])
  func controlGroups(_ method: AttachMethod) throws {
    let cgroup = try TestCgroup()
    try repeatedly({ try CountingProgram(.cgroupDevice, answer: 1) }) {
      try $0.attach(toCgroup: cgroup.group, by: method)
    }
    #expect(try eventually { try cgroup.group.programs(.cgroupDevice).entries.isEmpty })
  }
}
