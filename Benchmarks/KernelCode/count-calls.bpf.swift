// swift-format-ignore-file
import BPFKernel

public let license: StaticString = "GPL"

let totals = PerCPUArrayMap<UInt64>(count: 512)

@section("raw_tp/sys_enter")
func count(_ event: RawTracepointContext) {
  totals.withValue(at: UInt32(truncatingIfNeeded: event[1])) { $0 &+= 1 }
}
