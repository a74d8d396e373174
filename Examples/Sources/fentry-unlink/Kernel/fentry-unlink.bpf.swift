// Reports each file that is removed, and whether it could be: at the start and at the end of a kernel function.
import BPFKernel

public let license: StaticString = "GPL"

extension Kernel {
  struct filename { var name: UnsafeRawPointer? }
}

struct Removal {
  var process: UInt32
  /// 0, or a negative error number.
  var result: Int32
  var command: Characters<16>
  var path: Characters<128>
}

let names = HashMap<UInt32, Characters<128>>(maxEntries: 1024)
let events = RingBuffer<Removal>(byteCount: 256 * 1024)

@section("fentry/do_unlinkat")
func enter(_ call: FunctionContext) -> Int32 {
  // int do_unlinkat(int dfd, struct filename *name)
  guard let file = call.pointer(1, to: Kernel.filename.self) else { return 0 }
  var name = Characters<128>(repeating: 0)
  name.readKernelString(file.pointee.name)
  names.set(name, for: Process.thread)
  return 0
}

@section("fexit/do_unlinkat")
func exit(_ call: FunctionContext) -> Int32 {
  guard let name = names.pointer(for: Process.thread), let event = events.reserve() else { return 0 }
  event.value.process = Process.id
  event.value.result = Int32(truncatingIfNeeded: call[2])
  event.value.command = Process.command
  event.value.path.readKernelString(name)
  event.submit()
  names.removeValue(for: Process.thread)
  return 0
}
