import Bytecode
import Glibc
import KernelInterface
import Testing

@testable import BPF

/// A program without an object file: counts packets by IP protocol on a raw socket.
@Suite struct PacketCounterTests {
  @Test func countsByProtocol() throws {
    try inNewNetwork {
      let counts = try Map(MapSpec(name: "counts", type: .array, keySize: 4, valueSize: 8, maxEntries: 256))
      var code = Assembler()
      let end = code.makeLabel()
      code.append(.move(.r6, .r1))
      code.append(.loadPacket(.byte, at: 14 + 9))
      code.append(.store(.word, .r0, to: .r10, offset: -4))
      code.append(.move(.r2, .r10))
      code.append(.arithmetic(.add, .r2, -4))
      code.loadMap(.r1, MapReference(index: 0))
      code.append(.call(.mapLookupElem))
      code.jump(if: .equal, .r0, 0, to: end)
      code.append(.move(.r1, 1))
      code.append(.atomic(.add, .doubleWord, .r1, at: .r0))
      code.bind(end)
      code.append(.move(.r0, 0))
      code.append(.exit)
      let program = try Program(
        ProgramSpec(name: "count_protocols", type: .socketFilter, code: code.finish()), maps: [counts])

      // ETH_P_ALL is 3.
      let packets = socket(AF_PACKET, CInt(SOCK_RAW.rawValue), CInt(UInt16(3).bigEndian))
      try #require(packets >= 0)
      defer { close(packets) }
      try program.attach(toSocket: packets)
      try TestSockets.passDatagrams(3) { _ in }
      // The loopback interface shows a packet when it leaves and when it arrives.
      #expect(try counts.value(of: bytes(UInt32(IPPROTO_UDP))) == bytes(6 as UInt64))
      #expect(try counts.value(of: bytes(UInt32(IPPROTO_TCP))) == bytes(0 as UInt64))
    }
  }
}
