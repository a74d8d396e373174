// swift-format-ignore-file
import BPFKernel

public let license: StaticString = "GPL"

let histogram = ArrayMap<UInt64>(count: 64)
let beginnings = HashMap<UInt32, UInt64>(maxEntries: 1024)

@section("raw_tp/sys_enter")
func enter(_ event: RawTracepointContext) {
  beginnings.set(Clock.monotonic, for: Process.thread)
}

@section("raw_tp/sys_exit")
func exit(_ event: RawTracepointContext) {
  guard let beginning = beginnings.pointer(for: Process.thread) else { return }
  let duration = Clock.monotonic &- beginning.pointee
  let bucket = UInt32(truncatingIfNeeded: 63 &- (duration | 1).leadingZeroBitCount)
  histogram.withValue(at: bucket) { $0 &+= 1 }
}
