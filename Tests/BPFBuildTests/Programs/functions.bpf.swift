// swift-format-ignore-file
// Functions of the kernel: called by their declarations, and asked for where they may be missing
import BPFKernel

public let license: StaticString = "GPL"

extension Kernel {
  struct task_struct { var tgid: Int32 }
}

let wanted = Config<Int32>(1)
let last = Config<Int32>(10)
let missing = KernelFunction("int there_is_no_such_function(struct task_struct *task, u64 flags)")

/// A function of the program with the name of the kernel's, which it calls.
@inline(never)
func bpf_task_release(_ task: UnsafeMutablePointer<Kernel.task_struct>) {
  KernelFunction("void bpf_task_release(struct task_struct *p)")(task)
}

@section("iter/task")
func show(_ step: IteratorContext) -> Int32 {
  guard step.metadata.pointee.sequence == 0, step.pointer(1, to: Kernel.task_struct.self) != nil else { return 0 }
  if let task = bpf_task_from_pid(wanted.value)?.assumingMemoryBound(to: Kernel.task_struct.self) {
    step.print("process %d\n", [UInt64(truncatingIfNeeded: task.pointee.tgid)])
    if missing.exists {
      let answer: Int32 = missing(task, 0 as UInt64)
      step.print("%d\n", [UInt64(truncatingIfNeeded: answer)])
    }
    KernelFunction("void bpf_task_release(struct task_struct *p)")(task)
  } else {
    step.write("none\n")
  }
  step.print("%d %d\n", [missing.exists ? 1 : 0, KernelFunction("void bpf_task_release(struct task_struct *p)").exists ? 1 : 0])
  var sum: Int32 = 0
  forEachNumber(in: 1..<last.value) { number in
    sum &+= number
    return true
  }
  step.print("sum %d\n", [UInt64(truncatingIfNeeded: sum)])
  return 0
}
