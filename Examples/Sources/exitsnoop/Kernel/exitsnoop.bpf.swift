// Reports each process that ends: how long it lived, and how it ended.
import BPFKernel

public let license: StaticString = "GPL"

extension Kernel {
  struct task_struct {
    var tgid: Int32
    var pid: Int32
    var exit_code: Int32
    var start_time: UInt64
    var real_parent: UnsafeMutablePointer<task_struct>?
  }
}

struct Ended {
  var time: UInt64
  /// How long the process lived, in nanoseconds.
  var age: UInt64
  var process: UInt32
  var parent: UInt32
  var user: UInt32
  /// The exit status in bits 8 to 15, or the signal in bits 0 to 6; bit 7 says that memory was dumped.
  var code: Int32
  var command: Characters<16>
}

let events = RingBuffer<Ended>(byteCount: 256 * 1024)
let onlyProcess = Config<UInt32>(0)
let onlyFailed = Config<Bool>(false)

@section("raw_tp/sched_process_exit")
func ended(_ event: RawTracepointContext) {
  if onlyProcess.value != 0, onlyProcess.value != Process.id { return }
  // A thread other than the first ends: the process goes on.
  if Process.id != Process.thread { return }
  let task = Process.current(as: Kernel.task_struct.self)
  let code = read(&task.pointee.exit_code)
  if onlyFailed.value, code == 0 { return }
  let now = Clock.monotonic
  var parent: UInt32 = 0
  if let place = read(&task.pointee.real_parent) { parent = UInt32(bitPattern: read(&place.pointee.tgid)) }
  events.emit(
    Ended(
      time: now, age: now &- read(&task.pointee.start_time), process: Process.id, parent: parent, user: Process.user,
      code: code, command: Process.command))
}
