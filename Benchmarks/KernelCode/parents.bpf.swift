// swift-format-ignore-file
import BPFKernel

public let license: StaticString = "GPL"

extension Kernel {
  struct task_struct {
    var tgid: Int32
    var real_parent: UnsafeMutablePointer<task_struct>?
  }
}

let parents = HashMap<UInt32, Int32>(maxEntries: 1024)

@section("raw_tp/sched_process_exec")
func executed(_ event: RawTracepointContext) {
  let task = Process.current(as: Kernel.task_struct.self)
  guard let parent = read(&task.pointee.real_parent) else { return }
  parents.set(read(&parent.pointee.tgid), for: Process.id)
}
