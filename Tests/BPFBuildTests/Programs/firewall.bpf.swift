// swift-format-ignore-file
// XDP firewall: typed packet parsing with bounds checks, Optional pointers, a per-protocol array map, a load-time port
import BPFKernel

public let license: StaticString = "GPL"

struct EthernetHeader { var destination, source: InlineArray<6, UInt8>; var type: UInt16 }
struct IPv4Start {
  var versionAndLength, tos: UInt8, length, id, fragment: UInt16
  var ttl, proto: UInt8, checksum: UInt16, source, destination: UInt32
}
struct UDPStart { var source, destination, length, checksum: UInt16 }

let packets = ArrayMap<UInt64>(count: 256)
let blockedPort = Config<UInt16>(9999)
var short: UInt64 = 0

func filter(_ packet: inout PacketCursor) -> XDPAction? {
  guard let eth = packet.take(EthernetHeader.self) else { return nil }
  guard eth.pointee.type == UInt16(0x0800).bigEndian else { return .pass }
  guard let ip = packet.take(IPv4Start.self) else { return nil }
  if let n = packets.pointer(at: UInt32(ip.pointee.proto)) { n.pointee &+= 1 }
  guard ip.pointee.proto == 17, ip.pointee.versionAndLength == 0x45 else { return .pass }
  guard let udp = packet.take(UDPStart.self) else { return nil }
  return udp.pointee.destination == blockedPort.value.bigEndian ? .drop : .pass
}

@section("xdp")
func firewall(_ ctx: XDPContext) -> XDPAction {
  var packet = ctx.packet
  guard let verdict = filter(&packet) else { short += 1; return .pass }
  return verdict
}
