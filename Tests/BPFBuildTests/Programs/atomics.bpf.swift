// swift-format-ignore-file
// A cgroup filter: Synchronization's atomics, the record of a socket buffer, a load-time constant
import BPFKernel
import Synchronization

public let license: StaticString = "GPL"

let packets = Atomic<UInt64>(0)
let bytes = Atomic<UInt64>(0)
let largest = Atomic<UInt32>(0)
let longest = Config<UInt32>(1 << 20)

@section("cgroup_skb/egress")
func egress(_ buffer: SocketBufferContext) -> Int32 {
  let length = buffer.record.pointee.length
  packets.wrappingAdd(1, ordering: .relaxed)
  bytes.wrappingAdd(UInt64(length), ordering: .relaxed)
  let seen = largest.load(ordering: .relaxed)
  if length > seen { _ = largest.compareExchange(expected: seen, desired: length, ordering: .relaxed) }
  return length <= longest.value ? 1 : 0
}
