// swift-format-ignore-file
// Structs of the kernel whose functions are programs: two ways of TCP to avoid congestion, with a link and without
import BPFKernel

public let license: StaticString = "GPL"

extension Kernel {
  public struct tcp_congestion_ops {
    var ssthresh, cong_avoid, undo_cwnd: Operation
    var name: Characters<16>
  }
}

public let linked = StructOps<Kernel.tcp_congestion_ops>(name: "swift_ops_l")
public let registered = StructOps<Kernel.tcp_congestion_ops>(name: "swift_ops_r", usesLink: false)

struct Calls { var threshold, avoid, undo, other: UInt64 }
var calls = Calls(threshold: 0, avoid: 0, undo: 0, other: 0)

@section("struct_ops/ssthresh")
func threshold(_ call: FunctionContext) -> UInt32 {
  calls.threshold &+= 1
  return tcp_reno_ssthresh(call.pointer(0, to: UInt8.self))
}

@section("struct_ops/cong_avoid")
func avoid(_ call: FunctionContext) {
  calls.avoid &+= 1
  tcp_reno_cong_avoid(call.pointer(0, to: UInt8.self), UInt32(truncatingIfNeeded: call[1]), UInt32(truncatingIfNeeded: call[2]))
}

@section("struct_ops/undo_cwnd")
func undo(_ call: FunctionContext) -> UInt32 {
  calls.undo &+= 1
  return tcp_reno_undo_cwnd(call.pointer(0, to: UInt8.self))
}

@section("struct_ops/registered.undo_cwnd")
func undoOther(_ call: FunctionContext) -> UInt32 {
  calls.other &+= 1
  return tcp_reno_undo_cwnd(call.pointer(0, to: UInt8.self))
}
