import Glibc
import LinuxSystem
import Testing

@testable import BPF
@testable import KernelInterface

@Suite struct SocketAttachmentTests {
  @Test func filtersASocket() throws {
    try inNewNetwork {
      let counting = try CountingProgram(.socketFilter, answer: -1)
      try TestSockets.passDatagrams(3) { try counting.program.attach(toSocket: $0) }
      #expect(try counting.count() == 3)
      try TestSockets.passDatagrams(2) {
        try counting.program.attach(toSocket: $0)
        try counting.program.detach(fromSocket: $0)
      }
      #expect(try counting.count() == 3)
    }
  }

  @Test func choosesAmongSockets() throws {
    try inNewNetwork {
      let counting = try CountingProgram(.socketReusePort, for: .skReuseportSelect, answer: 1)
      try TestSockets.passDatagrams(3) { try counting.program.attach(toReusePortGroupOf: $0) }
      #expect(try counting.count() == 3)
      try TestSockets.passDatagrams(1) {
        try counting.program.attach(toReusePortGroupOf: $0)
        try counting.program.detach(fromReusePortGroupOf: $0)
      }
      #expect(try counting.count() == 3)
    }
  }

  @Test func saysWhatIsWrong() throws {
    let wrong = #expect(throws: BPFError.self) { try CountingProgram.xdp().program.attach(toSocket: 0) }
    #expect(
      wrong.map { "\($0)" }
        == "program 'count' cannot be attached to socket 0: it is of type xdp, not socket_filter; "
        + "load it as a program of type socket_filter")
    let file = try FileSystem.open("/dev/null")
    let none = #expect(throws: BPFError.self) {
      try file.withNumber { try CountingProgram(.socketFilter, answer: -1).program.attach(toSocket: $0) }
    }
    #expect(none.map { "\($0)" }?.contains("setsockopt(SO_ATTACH_BPF)") == true)
  }
}

@Suite struct SocketMapAttachmentTests {
  private func sockets(_ type: MapType = .socketMap) throws -> Map {
    try Map(MapSpec(name: "sockets", type: type, keySize: 4, valueSize: 4, maxEntries: 2))
  }

  @Test(arguments: [AttachMethod.automatic, .withoutLink], [MapType.socketMap, .socketHash])
  func judgesMessages(_ method: AttachMethod, _ mapType: MapType) throws {
    try inNewNetwork {
      let map = try sockets(mapType)
      let counting = try CountingProgram(.socketMessage, for: .skMsgVerdict, answer: 1)
      let link = try counting.program.attach(toSocketMap: map, by: method)
      let ends = try TestSockets.connection()
      defer { ends.forEach { close($0) } }
      try map.update(bytes(0 as UInt32), to: bytes(ends[0]))
      try TestSockets.pass(3, from: ends[0], to: ends[1])
      #expect(try counting.count() == 3)
      if let attached = try? map.programs(.skMsgVerdict) {
        #expect(attached.programIDs == [try counting.id()])
        let refusal = try refusal {
          try CountingProgram(.socketMessage, for: .skMsgVerdict, answer: 1).program.attach(toSocketMap: map)
        }
        #expect(refusal.cause == .occupied(programIDs: [try counting.id()]))
      }
      if let info = try link.info() {
        #expect(info.type == .socketMap && info.target == .map(id: try map.info().id, .skMsgVerdict))
      }
      link.close()
      if let attached = try? map.programs(.skMsgVerdict) { #expect(attached.entries.isEmpty) }
    }
  }

  @Test func judgesStreams() throws {
    try inNewNetwork {
      let map = try sockets()
      let counting = try CountingProgram(.socketBuffer, for: .skSkbStreamVerdict, answer: 1)
      let link = try counting.program.attach(toSocketMap: map)
      let ends = try TestSockets.connection()
      defer { ends.forEach { close($0) } }
      try map.update(bytes(0 as UInt32), to: bytes(ends[1]))
      try TestSockets.pass(3, from: ends[0], to: ends[1])
      #expect(try counting.count() == 3)
      link.close()
    }
  }

  @Test func saysWhatIsWrong() throws {
    let array = try Map(MapSpec(name: "array", type: .array, keySize: 4, valueSize: 4, maxEntries: 1))
    let counting = try CountingProgram(.socketMessage, for: .skMsgVerdict, answer: 1)
    #expect(throws: BPFError.wrongMapType(map: "array", .array)) { try counting.program.attach(toSocketMap: array) }
    let wrong = try refusal { try CountingProgram.xdp().program.attach(toSocketMap: self.sockets()) }
    #expect(wrong.cause == .wrongProgramType(given: .xdp, expected: [.socketBuffer]))
  }
}
