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
  var duration = Clock.monotonic &- beginning.pointee
  var bucket: UInt32 = 0
  for _ in 0..<32 {
    duration &>>= 1
    if duration == 0 { break }
    bucket &+= 1
  }
  histogram.withValue(at: bucket) { $0 &+= 1 }
}
