// swift-format-ignore-file
// Dynamic pointers to a map's value, to records of a size that is known at run time only, and to a packet
import BPFKernel

public let license: StaticString = "GPL"

let records = RingBuffer<UInt8>(byteCount: 4096)
let bytes = ArrayMap<InlineArray<16, UInt8>>(count: 1)

var refused: UInt32 = 0
var type: UInt16 = 0
var length: UInt32 = 0

@section("raw_tp/sys_enter")
func send(_ context: RawTracepointContext) {
  let position = UInt32(truncatingIfNeeded: context[0])
  if let place = bytes.pointer(at: 0) {
    withDynamicPointer(to: place) { memory in
      memory.write(9 as UInt8, at: position)
      if let last = memory.pointer(to: UInt8.self, at: 15) { last.pointee = 5 }
      if memory.pointer(to: UInt64.self, at: 9) == nil { refused &+= 1 }
    }
  }
  let isSent = records.withRecord(byteCount: position &+ 4) { record in
    record.write(7 as UInt32, at: 0)
    record.write(7 as UInt16, at: position &+ 1)
    if !record.write(7 as UInt16, at: position &+ 3) { refused &+= 1 }
    record.write(7 as UInt8, at: position &+ 3)
    return true
  }
  if !isSent { refused &+= 100 }
  records.withRecord(byteCount: 8) { _ in false }
}

@section("xdp")
func receive(_ context: XDPContext) -> XDPAction {
  context.withPacket { packet in
    length = packet.byteCount
    type = packet.value(at: 12) ?? 0
    return packet.value(of: UInt64.self, at: 60) == nil ? XDPAction.drop : XDPAction.pass
  } ?? .aborted
}
