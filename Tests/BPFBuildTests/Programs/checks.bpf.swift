// swift-format-ignore-file
// Swift's checked arithmetic and bounds checks in the kernel; a failed check ends the program and is counted per source line
import BPFKernel

public let license: StaticString = "GPL"

var small: UInt8 = 0
var table: InlineArray<10, UInt32> = .init(repeating: 0)
let keep = HashMap<UInt32, UInt64>(maxEntries: 8)

@section("tracepoint/raw_syscalls/sys_enter")
func prog(_ ctx: SystemCallEnterContext) {
  table[Int(UInt(ctx.number) % 12)] &+= 1  // out of bounds for 10 and 11
  small += 1  // overflows every 256 calls, and then stays
  keep[Process.id] = (keep[Process.id] ?? 0) + 1
}
