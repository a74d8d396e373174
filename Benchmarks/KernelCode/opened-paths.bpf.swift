// swift-format-ignore-file
import BPFKernel

public let license: StaticString = "GPL"

struct Opening {
  var path: Characters<64>
  var flags: Int32
}

let openings = RingBuffer<Opening>(byteCount: 262_144)
let onlyUser = Config<UInt32>(.max)

@section("tp/syscalls/sys_enter_openat")
func opening(_ call: SystemCallEnterContext) {
  if onlyUser.value != .max, onlyUser.value != Process.user { return }
  guard let event = openings.reserve() else { return }
  event.value.flags = Int32(truncatingIfNeeded: call.argument2)
  if event.value.path.readUserString(UnsafeRawPointer(bitPattern: call.argument1)) < 0 { return }
  event.submit()
}
