// Sends an event for each program that is about to be started, through a ring buffer and through a perf buffer.
import BPFKernel

public let license: StaticString = "GPL"

struct Event {
  var process: UInt32
  var user: UInt32
  var command: Characters<16>
  var message: Characters<12>
}

let ring = RingBuffer<Event>(byteCount: 256 * 1024)
let perf = PerfEventArray<Event>()

@section("tp/syscalls/sys_enter_execve")
func send(_ call: SystemCallEnterContext) {
  let event = Event(
    process: Process.id, user: Process.user, command: Process.command,
    message: Process.id % 2 == 0 ? Characters("Hello world") : Characters("Goodbye now"))
  ring.emit(event)
  perf.emit(event, from: call)
}
