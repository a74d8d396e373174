// Refuses the processes of a control group one port, and counts what they send.
import BPFKernel

public let license: StaticString = "GPL"

let refusedPort = Config<UInt16>(0)

var packets: UInt64 = 0
var bytes: UInt64 = 0
var refused: UInt64 = 0

@section("cgroup_skb/egress")
func leaves(_ context: SocketBufferContext) -> CgroupVerdict {
  packets &+= 1
  bytes &+= UInt64(context.length)
  // A control group's packets start with the IP header.
  guard let ip = context.load(IPv4Header.self, at: 0), ip.versionAndLength &>> 4 == 4,
    ip.transport == .udp || ip.transport == .tcp,
    let ports = context.load(
      (BigEndian<UInt16>, BigEndian<UInt16>).self, at: UInt32(truncatingIfNeeded: 20 &+ ip.optionByteCount)),
    refusedPort.value != 0, ports.1.value == refusedPort.value
  else { return .allow }
  refused &+= 1
  return .refuse
}
