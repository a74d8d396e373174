// Counts for each user the programs started, the files opened, and all system calls.
import BPFKernel

public let license: StaticString = "GPL"

let started = HashMap<UInt32, UInt64>(maxEntries: 10_240)
let opened = HashMap<UInt32, UInt64>(maxEntries: 10_240)
let calls = HashMap<UInt32, UInt64>(maxEntries: 10_240)

@section("tp/syscalls/sys_enter_execve")
func countStarted(_ call: SystemCallEnterContext) {
  started.add(1, for: Process.user)
}

@section("tp/syscalls/sys_enter_openat")
func countOpened(_ call: SystemCallEnterContext) {
  opened.add(1, for: Process.user)
}

@section("raw_tp/sys_enter")
func countCalls(_ event: RawTracepointContext) {
  calls.add(1, for: Process.user)
}
