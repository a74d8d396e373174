// swift-format-ignore-file
// A check that fails when its argument is big enough
import BPFKernel

public let license: StaticString = "GPL"

var small: UInt8 = 250

@section("raw_tp/sys_enter")
func add(_ context: RawTracepointContext) {
  small += UInt8(truncatingIfNeeded: context[0])
}
