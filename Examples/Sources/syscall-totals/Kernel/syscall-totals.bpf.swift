// Counts each system call on the whole machine.
import BPFKernel

public let license: StaticString = "GPL"

/// How often each call was made, by its number.
///
/// Every CPU counts for itself, so that none waits for another.
let totals = PerCPUArrayMap<UInt64>(count: 512)

@section("raw_tp/sys_enter")
func count(_ event: RawTracepointContext) {
  totals.withValue(at: UInt32(truncatingIfNeeded: event[1])) { $0 &+= 1 }
}
