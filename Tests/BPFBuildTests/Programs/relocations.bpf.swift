// swift-format-ignore-file
// CO-RE from plain Swift structs: field offsets are relocated by libbpf against the running kernel's BTF
import BPFKernel

public let license: StaticString = "GPL"

extension Kernel {
  // field order, and the missing fields, do not matter: only names do
  struct task_struct {
    var comm: InlineArray<16, UInt8>
    var real_parent: UnsafeMutablePointer<task_struct>?
    var tgid: Int32
    var no_such_field: UInt64
    var mm: UnsafeMutablePointer<mm_struct>?
  }
  struct mm_struct { var total_vm: UInt64 }
}

struct Switch {
  var tgid: Int32, parent: Int32, grandparent: Int32, missing: Bool; var parentComm: InlineArray<16, UInt8>;
  var pages: UInt64
}
let last = HashMap<UInt32, Switch>(maxEntries: 64)

@section("raw_tp/sched_process_exec")
func onExec(_ ctx: RawTracepointContext) {
  guard let task = UnsafeMutablePointer<Kernel.task_struct>(bitPattern: UInt(bpf_get_current_task())),
    let parent = read(&task.pointee.real_parent),
    let grand = read(&parent.pointee.real_parent)
  else { return }
  var pages: UInt64 = 0
  if let mm = read(&task.pointee.mm) { pages = read(&mm.pointee.total_vm) }
  last.set(
    Switch(
      tgid: read(&task.pointee.tgid), parent: read(&parent.pointee.tgid), grandparent: read(&grand.pointee.tgid),
      missing: !Kernel.hasField(&task.pointee.no_such_field), parentComm: read(&parent.pointee.comm), pages: pages),
    for: Process.id)
}
