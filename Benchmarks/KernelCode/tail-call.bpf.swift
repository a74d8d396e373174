// swift-format-ignore-file
import BPFKernel

public let license: StaticString = "GPL"

let programs = ProgramArray(count: 512)
var others: UInt64 = 0

@section("raw_tp/sys_enter")
func dispatch(_ event: RawTracepointContext) {
  programs.tailCall(event[1], with: event)
  others &+= 1
}
