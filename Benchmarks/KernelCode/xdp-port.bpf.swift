// swift-format-ignore-file
import BPFKernel

public let license: StaticString = "GPL"

let blockedPort = Config<UInt16>(9)

@section("xdp")
func firewall(_ context: XDPContext) -> XDPAction {
  var packet = context.packet
  guard let ethernet = packet.take(EthernetHeader.self), ethernet.pointee.type == .ipv4,
    let ip = packet.take(IPv4Header.self), ip.pointee.transport == .udp, ip.pointee.versionAndLength == 0x45,
    let udp = packet.take(UDPHeader.self)
  else { return .pass }
  return udp.pointee.destination.value == blockedPort.value ? .drop : .pass
}
