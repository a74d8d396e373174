// Reports each bpf() system call with its attributes: the kernel's side of a strace for bpf().
import BPFKernel

public let license: StaticString = "GPL"

struct Call {
  var command: UInt32
  var size: UInt32
  var attributes: UnsafeRawPointer?
}

struct Finished {
  var process: UInt32
  /// The command, as in `enum bpf_cmd`.
  var command: UInt32
  /// How many bytes of attributes the caller gave.
  var size: UInt32
  /// How many of them were read.
  var copied: UInt32
  var result: Int64
  var caller: Characters<16>
  var attributes: InlineArray<160, UInt8>
}

let onlyProcess = Config<UInt32>(0)
let calls = HashMap<UInt32, Call>(maxEntries: 1024)
let events = RingBuffer<Finished>(byteCount: 1024 * 1024)

@section("tp/syscalls/sys_enter_bpf")
func enter(_ call: SystemCallEnterContext) {
  if onlyProcess.value != 0, onlyProcess.value != Process.id { return }
  calls.set(
    Call(
      command: UInt32(truncatingIfNeeded: call.argument0), size: UInt32(truncatingIfNeeded: call.argument2),
      attributes: UnsafeRawPointer(bitPattern: call.argument1)),
    for: Process.thread)
}

@section("tp/syscalls/sys_exit_bpf")
func exit(_ call: SystemCallExitContext) {
  guard let begun = calls[Process.thread] else { return }
  calls.removeValue(for: Process.thread)
  guard let event = events.reserve() else { return }
  event.value.process = Process.id
  event.value.command = begun.command
  event.value.size = begun.size
  event.value.result = Int64(call.result)
  event.value.caller = Process.command
  event.value.attributes = .init(repeating: 0)
  let count = opaque(min(begun.size, 160))
  event.value.copied = 0
  if count <= 160, bpf_probe_read_user(&event.value.attributes, count, begun.attributes) == 0 {
    event.value.copied = count
  }
  event.submit()
}
