// Lists the tasks of the machine: a file to read, which the kernel fills by calling this program for each task.
import BPFKernel

public let license: StaticString = "GPL"

extension Kernel {
  struct task_struct {
    var pid: Int32
    var tgid: Int32
    var comm: Characters<16>
    var real_parent: UnsafeMutablePointer<task_struct>?
  }
}

@section("iter/task")
func show(_ step: IteratorContext) -> Int32 {
  guard let task = step.pointer(1, to: Kernel.task_struct.self) else { return 0 }
  if step.metadata.pointee.sequence == 0 { step.write("     PID      TID   PARENT COMMAND\n") }
  let parent = task.pointee.real_parent.map { UInt64(truncatingIfNeeded: $0.pointee.tgid) } ?? 0
  step.print(
    "%8d %8d %8d %s\n",
    [
      UInt64(truncatingIfNeeded: task.pointee.tgid), UInt64(truncatingIfNeeded: task.pointee.pid), parent,
      address(of: &task.pointee.comm),
    ])
  return 0
}
