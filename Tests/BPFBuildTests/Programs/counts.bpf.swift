// swift-format-ignore-file
// count system calls per process in a hash map (tracepoint, map lookup/update, .bss global)
import BPFKernel

public let license: StaticString = "GPL"

struct Stats { var calls: UInt64; var lastId: UInt32; var flag: Bool }
let counts = HashMap<UInt32, Stats>(maxEntries: 10240)
var total: UInt64 = 0

@section("tracepoint/raw_syscalls/sys_enter")
func onSyscall(_ call: SystemCallEnterContext) {
  total += 1
  let id = UInt32(truncatingIfNeeded: call.number)
  if !counts.withValue(
    for: Process.id,
    {
      $0.calls += 1; $0.lastId = id
    })
  {
    counts.set(Stats(calls: 1, lastId: id, flag: true), for: Process.id)
  }
}
