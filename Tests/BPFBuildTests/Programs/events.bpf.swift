// swift-format-ignore-file
// ring buffer record per exec: ~Copyable Record (submit, or discard by deinit), InlineArray in a struct
import BPFKernel

public let license: StaticString = "GPL"

enum Kind: UInt8 { case exec, fork, exit }
struct Event {
  var pid: UInt32
  var uid: UInt32
  var time: UInt64
  var comm: InlineArray<16, UInt8>
  var kind: Kind
}
let events = RingBuffer<Event>(byteCount: 256 * 1024)
let minPid = Config<UInt32>(2)
var dropped: UInt64 = 0

@section("raw_tp/sched_process_exec")
func onExec(_ ctx: RawTracepointContext) {
  guard let e = events.reserve() else { dropped &+= 1; return }
  e.value.pid = Process.id
  e.value.uid = Process.user
  e.value.time = Clock.monotonic
  e.value.kind = .exec
  if e.value.pid < minPid.value { return }  // forgot to submit: deinit discards
  bpf_get_current_comm(&e.value.comm, 16)
  e.submit()
}
