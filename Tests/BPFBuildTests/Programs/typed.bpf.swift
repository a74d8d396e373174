// swift-format-ignore-file
// BTF-typed raw tracepoint: the kernel hands a typed task pointer, so fields are loaded directly (no probe read) through CO-RE
import BPFKernel

public let license: StaticString = "GPL"

extension Kernel {
  struct task_struct { var tgid: Int32; var comm: InlineArray<16, UInt8>; var se: sched_entity }
  struct sched_entity { var sum_exec_runtime: UInt64 }
}
struct Usage { var runtime: UInt64; var switches: UInt64; var comm: InlineArray<16, UInt8> }
let usage = HashMap<Int32, Usage>(maxEntries: 1024)

struct SwitchContext {  // sched_switch(bool preempt, task_struct *prev, task_struct *next, unsigned state)
  let args: UnsafePointer<(UInt, UnsafePointer<Kernel.task_struct>, UnsafePointer<Kernel.task_struct>, UInt)>
  var previous: UnsafePointer<Kernel.task_struct> { args.pointee.1 }
}

@section("tp_btf/sched_switch")
func onSwitch(_ ctx: SwitchContext) -> Int32 {
  let task = ctx.previous
  let id = task.pointee.tgid
  if !usage.withValue(
    for: id,
    {
      $0.runtime = task.pointee.se.sum_exec_runtime; $0.switches &+= 1
    })
  {
    usage.set(Usage(runtime: task.pointee.se.sum_exec_runtime, switches: 1, comm: task.pointee.comm), for: id)
  }
  return 0
}
