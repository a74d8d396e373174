// swift-format-ignore-file
import BPFKernel

public let license: StaticString = "GPL"

let calls = HashMap<UInt32, UInt64>(maxEntries: 1024)

@section("raw_tp/sys_enter")
func count(_ event: RawTracepointContext) {
  let user = Process.user
  if !calls.withValue(for: user, { $0 &+= 1 }) { calls.insert(1, for: user) }
}
