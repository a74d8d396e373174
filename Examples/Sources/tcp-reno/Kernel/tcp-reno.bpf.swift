// A way of TCP to avoid congestion: the kernel's Reno, with a count of what the kernel asked for.
import BPFKernel

public let license: StaticString = "GPL"

extension Kernel {
  public struct tcp_congestion_ops {
    var ssthresh, cong_avoid, undo_cwnd: Operation
    var name: Characters<16>
  }
}

public let reno = StructOps<Kernel.tcp_congestion_ops>(name: "swift_reno")

/// How often the kernel asked for each of the three; every CPU counts for itself.
let calls = PerCPUArrayMap<UInt64>(count: 3)

@section("struct_ops/ssthresh")
func threshold(_ call: FunctionContext) -> UInt32 {
  calls.withValue(at: 0) { $0 &+= 1 }
  return tcp_reno_ssthresh(call.pointer(0, to: UInt8.self))
}

@section("struct_ops/cong_avoid")
func avoid(_ call: FunctionContext) {
  calls.withValue(at: 1) { $0 &+= 1 }
  let (acknowledged, count) = (UInt32(truncatingIfNeeded: call[1]), UInt32(truncatingIfNeeded: call[2]))
  tcp_reno_cong_avoid(call.pointer(0, to: UInt8.self), acknowledged, count)
}

@section("struct_ops/undo_cwnd")
func undo(_ call: FunctionContext) -> UInt32 {
  calls.withValue(at: 2) { $0 &+= 1 }
  return tcp_reno_undo_cwnd(call.pointer(0, to: UInt8.self))
}
