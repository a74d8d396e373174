// Logs each program that is about to be started, with a message of its user that user space puts into a map.
import BPFKernel

public let license: StaticString = "GPL"

typealias Message = Characters<16>

/// What to say to each user.
///
/// It may be changed while the program runs, with `bpf map update` too.
let config = HashMap<UInt32, Message>(maxEntries: 1024)
let log = Log()

@section("tp/syscalls/sys_enter_execve")
func greet(_ call: SystemCallEnterContext) {
  guard let message = config[Process.user] else { return }
  log("\(Process.command) of user \(Process.user): \(message)")
}
