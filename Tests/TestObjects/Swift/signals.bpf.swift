// Who sends signals to their own group; the last check fails on the second call.
import BPFKernel

/// Opens all helpers.
public let license: StaticString = "GPL"

struct Call {
  var command: Characters<16>
  var signal: UInt32
}

let log = Log()
let calls = HashMap<Call, UInt64>(maxEntries: 64)
let chosen = Config<UInt32>(0)
var total: UInt64 = 0

@section("tp/syscalls/sys_enter_kill")
func killing(_ kill: SystemCallEnterContext) {
  if kill.argument0 != 0 { return }
  let call = Call(command: Process.command, signal: UInt32(truncatingIfNeeded: kill.argument1))
  if !calls.withValue(for: call, { $0 &+= 1 }) { calls.set(1, for: call) }
  total += 1
  log("\(Process.command): signal \(kill.argument1), chosen \(chosen.value)")
  limit += 128
}

/// Has room for one call.
var limit: UInt8 = 0
