// Measures how long tasks that could run had to wait for a CPU.
import BPFKernel

public let license: StaticString = "GPL"

extension Kernel {
  struct task_struct {
    var pid: Int32
    var tgid: Int32
    var __state: UInt32
    var state: Int
  }
}

/// How many waits took from 2^index up to 2^(index + 1) microseconds.
let histogram = ArrayMap<UInt64>(count: 64)
/// Since when each thread waits.
let waits = HashMap<Int32, UInt64>(maxEntries: 10_240)
let onlyProcess = Config<Int32>(0)

func begin(_ task: UnsafeMutablePointer<Kernel.task_struct>) {
  if onlyProcess.value != 0, onlyProcess.value != task.pointee.tgid { return }
  if task.pointee.pid != 0 { waits.set(Clock.monotonic, for: task.pointee.pid) }
}

@section("tp_btf/sched_wakeup")
func wokenUp(_ event: FunctionContext) -> Int32 {
  if let task = event.pointer(0, to: Kernel.task_struct.self) { begin(task) }
  return 0
}

@section("tp_btf/sched_wakeup_new")
func wokenUpFirst(_ event: FunctionContext) -> Int32 {
  if let task = event.pointer(0, to: Kernel.task_struct.self) { begin(task) }
  return 0
}

@section("tp_btf/sched_switch")
func switched(_ event: FunctionContext) -> Int32 {
  guard let previous = event.pointer(1, to: Kernel.task_struct.self),
    let next = event.pointer(2, to: Kernel.task_struct.self)
  else { return 0 }
  // A task that goes while it could still run waits from here on. Linux 5.14 gave the field another name.
  let state =
    Kernel.hasField(&previous.pointee.__state)
    ? UInt64(previous.pointee.__state) : UInt64(bitPattern: Int64(previous.pointee.state))
  if state == 0 { begin(previous) }
  let thread = next.pointee.pid
  guard let beginning = waits[thread] else { return 0 }
  waits.removeValue(for: thread)
  let microseconds = (Clock.monotonic &- beginning) / 1000
  let index = UInt32(truncatingIfNeeded: 63 &- (microseconds | 1).leadingZeroBitCount)
  histogram.add(1, at: index)
  return 0
}
