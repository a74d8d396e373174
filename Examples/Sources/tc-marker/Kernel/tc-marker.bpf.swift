// Marks the packets that go out to one port, for routing rules and firewalls to see, and counts them.
import BPFKernel

public let license: StaticString = "GPL"

let port = Config<UInt16>(443)
let markValue = Config<UInt32>(7)

var marked: UInt64 = 0
var others: UInt64 = 0

@section("tc")
func mark(_ context: SocketBufferContext) -> TrafficAction {
  var packet = context.packet
  guard let ethernet = packet.take(EthernetHeader.self), ethernet.pointee.type == .ipv4,
    let ip = packet.take(IPv4Header.self), packet.skip(ip.pointee.optionByteCount),
    ip.pointee.transport == .udp || ip.pointee.transport == .tcp,
    let ports = packet.take((BigEndian<UInt16>, BigEndian<UInt16>).self),
    ports.pointee.1.value == port.value
  else {
    others &+= 1
    return .next
  }
  context.mark = markValue.value
  marked &+= 1
  return .next
}
