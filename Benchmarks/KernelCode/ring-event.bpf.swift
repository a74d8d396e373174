// swift-format-ignore-file
import BPFKernel

public let license: StaticString = "GPL"

struct Started {
  var time: UInt64
  var process: UInt32
  var user: UInt32
  var command: Characters<16>
}

let events = RingBuffer<Started>(byteCount: 262_144)

@section("tp/sched/sched_process_exec")
func executed(_ event: AnyContext) {
  guard let record = events.reserve() else { return }
  record.value.time = Clock.monotonic
  record.value.process = Process.id
  record.value.user = Process.user
  bpf_get_current_comm(&record.value.command, 16)
  record.submit()
}
