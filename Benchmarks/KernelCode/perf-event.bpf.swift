// swift-format-ignore-file
import BPFKernel

public let license: StaticString = "GPL"

struct Call {
  var process: UInt32
  var number: UInt32
  var time: UInt64
}

let onlyProcess = Config<UInt32>(0)
let events = PerfEventArray<Call>()

@section("tp/raw_syscalls/sys_enter")
func entered(_ call: SystemCallEnterContext) {
  let process = Process.id
  if onlyProcess.value != 0, onlyProcess.value != process { return }
  events.emit(
    Call(process: process, number: UInt32(truncatingIfNeeded: call.number), time: Clock.monotonic), from: call)
}
