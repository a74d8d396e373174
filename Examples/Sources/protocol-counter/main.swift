// protocol-counter: prints each second how many IPv4 packets have come and gone on Ethernet and loopback, by protocol:
//
//     TCP 120, UDP 18, ICMP 2
//
// The kernel's side is written in place, instruction by instruction: no object file, no compiler. Needs root.
import BPF
import Bytecode
import Glibc

/// A filter that adds one to `counts[protocol]` for each packet, and keeps none of them for the socket.
///
///     if (packet.ethertype == ETH_P_IP && (entry = map_lookup(&counts, &packet.protocol))) *entry += 1;
///     return 0;
func countingProtocols(in counts: ArrayMap<UInt64>) throws -> Program {
  var code = Assembler()
  let end = code.makeLabel()
  code.append(.move(.r6, .r1))  // loadPacket finds the packet by r6
  code.append(.loadPacket(.halfWord, at: 12))
  code.jump(if: .notEqual, .r0, 0x0800, to: end)  // ETH_P_IP
  code.append(.loadPacket(.byte, at: 14 + 9))
  code.append(.store(.word, .r0, to: .r10, offset: -4))
  code.loadMap(.r1, MapReference(index: 0))
  code.append(.move(.r2, .r10))
  code.append(.arithmetic(.add, .r2, -4))
  code.append(.call(.mapLookupElem))
  code.jump(if: .equal, .r0, 0, to: end)
  code.append(.move(.r1, 1))
  code.append(.atomic(.add, .doubleWord, .r1, at: .r0, offset: 0))
  code.bind(end)
  code.append(.move(.r0, 0))
  code.append(.exit)
  return try Program(
    ProgramSpec(name: "count", type: .socketFilter, code: code.finish(), license: "Apache-2.0"), maps: [counts.map])
}

do {
  let counts = try ArrayMap<UInt64>(name: "protocols", count: 256)
  let program = try countingProtocols(in: counts)
  // A socket of all interfaces; ETH_P_ALL is 3. It keeps the filter until the process ends.
  let packets = socket(AF_PACKET, CInt(SOCK_RAW.rawValue), CInt(UInt16(3).bigEndian))
  if packets < 0 { throw Errno(number: errno) }
  try program.attach(toSocket: packets)
  while true {
    try await Task.sleep(for: .seconds(1))
    let (tcp, udp, icmp) = (try counts.value(at: 6) ?? 0, try counts.value(at: 17) ?? 0, try counts.value(at: 1) ?? 0)
    print("TCP \(tcp), UDP \(udp), ICMP \(icmp)")
  }
} catch {
  print("protocol-counter: \(error)")
  exit(1)
}

/// Why there is no socket.
struct Errno: Error, CustomStringConvertible {
  let number: CInt
  var description: String { "packet socket: \(String(cString: strerror(number)))" }
}
