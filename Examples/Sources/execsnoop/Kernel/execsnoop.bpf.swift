// Reports each program that is started, with its arguments.
import BPFKernel

public let license: StaticString = "GPL"

extension Kernel {
  struct task_struct {
    var real_parent: UnsafeMutablePointer<task_struct>?
    var tgid: Int32
    var mm: UnsafeMutablePointer<mm_struct>?
  }
  struct mm_struct {
    var arg_start: UInt64
    var arg_end: UInt64
  }
}

struct Started {
  var time: UInt64
  var process: UInt32
  var parent: UInt32
  var user: UInt32
  /// How many bytes of arguments follow; the last may be cut.
  var argumentByteCount: UInt32
  var command: Characters<16>
  /// The arguments, each with a 0 at its end.
  var arguments: Characters<512>
}

let events = RingBuffer<Started>(byteCount: 1024 * 1024)
let onlyUser = Config<UInt32>(.max)

@section("tp/sched/sched_process_exec")
func executed(_ event: AnyContext) {
  if onlyUser.value != .max, onlyUser.value != Process.user { return }
  let task = Process.current(as: Kernel.task_struct.self)
  guard let parent = read(&task.pointee.real_parent), let memory = read(&task.pointee.mm) else { return }
  guard let record = events.reserve() else { return }
  record.value.time = Clock.monotonic
  record.value.process = Process.id
  record.value.user = Process.user
  record.value.parent = UInt32(bitPattern: read(&parent.pointee.tgid))
  bpf_get_current_comm(&record.value.command, 16)
  let start = read(&memory.pointee.arg_start)
  let end = read(&memory.pointee.arg_end)
  let count = UInt32(truncatingIfNeeded: min(end &- start, 511))
  record.value.argumentByteCount = count
  bpf_probe_read_user(&record.value.arguments, opaque(count) & 511, UnsafeRawPointer(bitPattern: UInt(start)))
  record.submit()
}
