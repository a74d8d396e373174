// swift-format-ignore-file
// A bit-field of the running task, which is found in the running kernel's types
import BPFKernel

public let license: StaticString = "GPL"

extension Kernel {
  struct task_struct {
    var sched_reset_on_fork: UInt32
    var tgid: Int32
  }
}

let answers = ArrayMap<InlineArray<2, UInt32>>(count: 1)

@section("raw_tp/sys_enter")
func ask(_ context: RawTracepointContext) {
  let task: UnsafeMutablePointer<Kernel.task_struct> = Process.current()
  let isReset = Kernel.bits(of: &task.pointee.sched_reset_on_fork)
  let process = Kernel.bits(of: &task.pointee.tgid)
  answers.set([isReset, UInt32(bitPattern: process)], at: 0)
}
