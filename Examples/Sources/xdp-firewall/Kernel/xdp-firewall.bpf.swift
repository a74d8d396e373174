// Counts the packets that come in, and drops those from blocked addresses and to a blocked port.
import BPFKernel

public let license: StaticString = "GPL"

/// The addresses from which nothing comes in.
let blockedSources = LPMTrie<IPv4Prefix, UInt64>(maxEntries: 1024)
/// The port of UDP and TCP to which nothing comes in; 0 for none.
let blockedPort = Config<UInt16>(0)
/// How many packets of each protocol came, by its number in the IP header.
let packets = PerCPUArrayMap<UInt64>(count: 256)
let dropped = PerCPUArrayMap<UInt64>(count: 1)

func drop() -> XDPAction {
  dropped.withValue(at: 0) { $0 &+= 1 }
  return .drop
}

@section("xdp")
func firewall(_ context: XDPContext) -> XDPAction {
  var packet = context.packet
  guard let ethernet = packet.take(EthernetHeader.self), ethernet.pointee.type == .ipv4,
    let ip = packet.take(IPv4Header.self)
  else { return .pass }
  packets.withValue(at: UInt32(ip.pointee.transport.rawValue)) { $0 &+= 1 }
  let source = IPv4Prefix(networkOrder: ip.pointee.source.inPacket)
  if let count = blockedSources.pointer(for: source) {
    count.pointee &+= 1
    return drop()
  }
  guard blockedPort.value != 0, packet.skip(ip.pointee.optionByteCount),
    ip.pointee.transport == .udp || ip.pointee.transport == .tcp,
    // Both protocols start with the ports.
    let ports = packet.take((BigEndian<UInt16>, BigEndian<UInt16>).self)
  else { return .pass }
  return ports.pointee.1.value == blockedPort.value ? drop() : .pass
}
