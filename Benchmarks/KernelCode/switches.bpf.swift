// swift-format-ignore-file
import BPFKernel

public let license: StaticString = "GPL"

extension Kernel {
  struct task_struct { var tgid: Int32; var se: sched_entity }
  struct sched_entity { var sum_exec_runtime: UInt64 }
}

let usage = HashMap<Int32, UInt64>(maxEntries: 1024)

@section("tp_btf/sched_switch")
func switched(_ event: FunctionContext) -> Int32 {
  guard let task = event.pointer(1, to: Kernel.task_struct.self) else { return 0 }
  usage.set(task.pointee.se.sum_exec_runtime, for: task.pointee.tgid)
  return 0
}
