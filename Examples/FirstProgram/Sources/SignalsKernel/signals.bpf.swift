import BPFKernel

public let license: StaticString = "GPL"

/// Somebody sends a signal.
struct Sent {
  var process: UInt32
  var target: Int32
  var signal: UInt32
  var command: Characters<16>
}

let sent = RingBuffer<Sent>(byteCount: 64 * 1024)
let perUser = HashMap<UInt32, UInt64>(maxEntries: 1024)
let firstSignal = Config<UInt32>(1)
var total: UInt64 = 0

@section("tp/syscalls/sys_enter_kill")
func sending(_ call: SystemCallEnterContext) {
  let signal = UInt32(truncatingIfNeeded: call.argument1)
  if signal < firstSignal.value { return }
  total &+= 1
  perUser[Process.user, default: 0] &+= 1
  sent.emit(
    Sent(
      process: Process.id, target: Int32(truncatingIfNeeded: call.argument0), signal: signal,
      command: Process.command))
}
