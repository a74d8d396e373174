// swift-format-ignore-file
// What the loader is asked: fields, their sizes and offsets, types, enumerators
import BPFKernel

public let license: StaticString = "GPL"

extension Kernel {
  struct task_struct {
    var tgid: Int32
    var comm: InlineArray<16, UInt8>
    var no_such_field: UInt64
  }
}

struct Answers {
  var hasComm, hasOther: UInt8
  var commSize, tgidOffset: UInt32
  var hasTask, hasNothing: UInt8
  var pidSize, hashMap, noMap: UInt64
}

let answers = ArrayMap<Answers>(count: 1)

@section("raw_tp/sys_enter")
func ask(_ context: RawTracepointContext) {
  let task: UnsafeMutablePointer<Kernel.task_struct> = Process.current()
  answers.set(
    Answers(
      hasComm: Kernel.hasField(&task.pointee.comm) ? 1 : 0,
      hasOther: Kernel.hasField(&task.pointee.no_such_field) ? 1 : 0,
      commSize: Kernel.sizeOfField(&task.pointee.comm), tgidOffset: Kernel.offsetOfField(&task.pointee.tgid),
      hasTask: Kernel.hasType("task_struct") ? 1 : 0, hasNothing: Kernel.hasType("no_such_struct") ? 1 : 0,
      pidSize: Kernel.sizeOfType("pid"),
      hashMap: Kernel.value(of: "BPF_MAP_TYPE_HASH", in: "bpf_map_type") ?? 0,
      noMap: Kernel.value(of: "BPF_MAP_TYPE_NONE_SUCH", in: "bpf_map_type") ?? 99), at: 0)
}
