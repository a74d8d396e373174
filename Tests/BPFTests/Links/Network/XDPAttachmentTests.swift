import LinuxSystem
import Testing

@testable import BPF
@testable import KernelInterface

@Suite struct XDPAttachmentTests {
  @Test(arguments: [AttachMethod.automatic, .link, .withoutLink])
  func countsAndLeaves(_ method: AttachMethod) throws {
    try inNewNetwork {
      let loopback = try NetworkInterface(named: "lo")
      let sender = try FrameSender(from: loopback, to: loopback)
      let counting = try CountingProgram.xdp()
      let link = try counting.program.attach(toXDPOf: loopback, by: method)
      try sender.send(5)
      #expect(try counting.count() == 5)
      #expect(try loopback.xdpPrograms() == [.generic: counting.id()])
      let info = try link.info()
      #expect((info == nil) == (method == .withoutLink))
      if let info {
        #expect(info.type == .xdp && info.target == .interface(index: loopback.index, .xdp))
      }
      link.close()
      #expect(try eventually { try loopback.xdpPrograms().isEmpty })
      try sender.send(1)
      #expect(try counting.count() == 5)
    }
  }

  @Test func runsInTheDriver() throws {
    try inNewNetwork {
      try RouteSocket(LiveKernel()).makePair("left", "right")
      let left = try NetworkInterface(named: "left")
      let right = try NetworkInterface(named: "right")
      let sender = try FrameSender(from: left, to: right)
      for mode in [nil, XDPMode.native, .generic] {
        let counting = try CountingProgram.xdp()
        let link = try counting.program.attach(toXDPOf: right, mode: mode)
        try sender.send(3)
        #expect(try counting.count() == 3)
        #expect(try right.xdpPrograms() == [mode ?? .native: counting.id()])
        link.close()
        #expect(try eventually { try right.xdpPrograms().isEmpty })
      }
      let refusal = try refusal { try CountingProgram.xdp().program.attach(toXDPOf: right, mode: .offloaded) }
      #expect(refusal.error?.errno == .notSupported || refusal.error?.errno == .invalidArgument)
    }
  }

  @Test func saysWhoIsThere() throws {
    try inNewNetwork {
      let loopback = try NetworkInterface(named: "lo")
      let first = try CountingProgram.xdp()
      let link = try first.program.attach(toXDPOf: loopback)
      for method in [AttachMethod.link, .withoutLink] {
        let refusal = try refusal {
          try CountingProgram.xdp().program.attach(toXDPOf: loopback, mode: .generic, by: method)
        }
        #expect(refusal.cause == .occupied(programIDs: [try first.id()]))
        #expect(
          "\(refusal)".hasPrefix("program 'count' cannot be attached to xdp of lo: program \(try first.id()) is there"))
      }
      link.close()
    }
  }

  @Test func takesAnothersPlaceOnlyWhenAsked() throws {
    try inNewNetwork {
      let loopback = try NetworkInterface(named: "lo")
      let sender = try FrameSender(from: loopback, to: loopback)
      let first = try CountingProgram.xdp()
      let second = try CountingProgram.xdp()
      let old = try first.program.attach(toXDPOf: loopback, by: .withoutLink)
      let wrong = try refusal {
        try second.program.attach(toXDPOf: loopback, replacing: second.program)
      }
      #expect(wrong.cause == .occupied(programIDs: [try first.id()]))
      let new = try second.program.attach(toXDPOf: loopback, replacing: first.program)
      try sender.send(2)
      #expect(try first.count() == 0)
      #expect(try second.count() == 2)
      // The first one's place is another's by now, who stays.
      old.close()
      #expect(try loopback.xdpPrograms() == [.generic: second.id()])
      new.close()
      #expect(try eventually { try loopback.xdpPrograms().isEmpty })
    }
  }

  @Test func updatesALink() throws {
    try inNewNetwork {
      let loopback = try NetworkInterface(named: "lo")
      let sender = try FrameSender(from: loopback, to: loopback)
      let first = try CountingProgram.xdp(for: .xdp)
      let second = try CountingProgram.xdp(for: .xdp)
      let link = try first.program.attach(toXDPOf: loopback, by: .link)
      try link.update(to: second.program, replacing: first.program)
      try sender.send(2)
      #expect(try first.count() == 0)
      #expect(try second.count() == 2)
    }
  }

  /// The attachment is undone in the network that it was made in, wherever the last user is by then.
  @Test func isUndoneInItsOwnNetwork() throws {
    let network = try NetworkNamespace.make()
    let counting = try CountingProgram.xdp()
    let link = try network.run {
      try counting.program.attach(toXDPOf: NetworkInterface(named: "lo"), by: .withoutLink)
    }.get()
    func programs() throws -> [XDPMode: UInt32] {
      try network.run { try NetworkInterface(named: "lo").xdpPrograms() }.get()
    }
    #expect(try programs() == [.generic: counting.id()])
    link.close()
    #expect(try eventually { try programs().isEmpty })
  }

  @Test func saysWhatIsWrong() throws {
    try inNewNetwork {
      #expect(throws: BPFError.self) { try NetworkInterface(named: "eth7") }
      try RouteSocket(LiveKernel()).makePair("left", "right")
      let left = try NetworkInterface(named: "left")
      let loopback = try NetworkInterface(named: "lo")
      #expect(try NetworkInterface.all().map(\.name) == ["lo", "right", "left"])
      #expect(try NetworkInterface(index: left.index) == left)
      let wrong = try refusal { try CountingProgram.classifier().program.attach(toXDPOf: loopback) }
      #expect(wrong.cause == .wrongProgramType(given: .schedulerClassifier, expected: [.xdp]))
      #expect(
        "\(wrong)" == "program 'count' cannot be attached to xdp of lo: it is of type sched_cls, not xdp")
      try RouteSocket(LiveKernel()).exchange(
        .deleteLink, RouteSocket.interfaceRequest(index: left.index), subject: "left")
      let gone = try refusal { try CountingProgram.xdp().program.attach(toXDPOf: left) }
      #expect(gone.cause == .noSuchInterface("left"))
    }
  }
}

/// The refusal that `body` throws.
func refusal(_ body: () throws -> Link) throws -> AttachRefusal {
  let error = #expect(throws: BPFError.self) { _ = try body() }
  guard case .attachRefused(let refusal) = try #require(error) else { throw try #require(error) }
  return refusal
}
