import BPF
import Bytecode
import Glibc

/// Counts the packets on the loopback interface by IP protocol, for five seconds, with a program that is written in
/// place: no object file, no compiler.
///
///     sudo swift run protocol-counter
@main
struct ProtocolCounter {
  static func main() throws {
    let counts = try Map(MapSpec(name: "counts", type: .array, keySize: 4, valueSize: 8, maxEntries: 256))
    let program = try Program(
      ProgramSpec(name: "count_protocols", type: .socketFilter, code: try code()), maps: [counts])

    let socket = try openPacketSocket()
    defer { close(socket) }
    try program.attach(toSocket: socket)

    for _ in 0..<5 {
      sleep(1)
      let (tcp, udp, icmp) = (try count(6, counts), try count(17, counts), try count(1, counts))
      print("TCP \(tcp) UDP \(udp) ICMP \(icmp) packets")
    }
  }

  /// `counts[protocol]++`, where the protocol stands in the IP header behind the Ethernet header.
  static func code() throws -> Assembly {
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
    return code.finish()
  }

  static func count(_ number: UInt32, _ counts: Map) throws -> UInt64 {
    let key = withUnsafeBytes(of: number) { Array($0) }
    return try counts.value(of: key)?.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) } ?? 0
  }

  /// A socket that sees every packet of the loopback interface.
  static func openPacketSocket() throws -> CInt {
    let everything = UInt16(3).bigEndian  // ETH_P_ALL
    let number = socket(AF_PACKET, CInt(SOCK_RAW.rawValue), CInt(everything))
    if number < 0 { throw Failure(text: "socket: \(String(cString: strerror(errno)))") }
    var address = sockaddr_ll()
    address.sll_family = UInt16(AF_PACKET)
    address.sll_protocol = everything
    address.sll_ifindex = CInt(if_nametoindex("lo"))
    let answer = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(number, $0, socklen_t(MemoryLayout<sockaddr_ll>.size))
      }
    }
    if answer < 0 { throw Failure(text: "bind: \(String(cString: strerror(errno)))") }
    return number
  }

  struct Failure: Error, CustomStringConvertible {
    let text: String
    var description: String { text }
  }
}
