// swift-format-ignore-file
// uprobe on libc getenv(): read a user string into a ring-buffer record; trace() prints a StaticString through bpf_trace_printk
import BPFKernel

public let license: StaticString = "GPL"

struct Lookup { var pid: UInt32, length: Int32; var name: InlineArray<32, UInt8> }
let lookups = RingBuffer<Lookup>(byteCount: 4096 * 16)

@section("uprobe//lib/x86_64-linux-gnu/libc.so.6:getenv")
func onGetenv(_ call: ProbeContext) {
  guard let r = lookups.reserve() else { return }
  r.value.pid = Process.id
  r.value.length = Int32(
    truncatingIfNeeded: bpf_probe_read_user_str(&r.value.name, 32, UnsafeRawPointer(bitPattern: call.argument0)))
  trace("swift saw getenv by pid %d, %d bytes\n", UInt64(r.value.pid), UInt64(UInt32(bitPattern: r.value.length)))
  r.submit()
}
