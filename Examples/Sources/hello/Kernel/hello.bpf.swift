// Says hello in the kernel's trace pipe whenever a program is about to be started.
import BPFKernel

public let license: StaticString = "GPL"

@section("tp/syscalls/sys_enter_execve")
func hello(_ call: SystemCallEnterContext) {
  trace("Hello, process %d!", UInt64(Process.id))
}
