// Counts system calls and the time that they take, by call or by process.
import BPFKernel

public let license: StaticString = "GPL"

struct Tally {
  var count: UInt64
  var failures: UInt64
  /// The sum of the calls' durations, in nanoseconds.
  var duration: UInt64
}

struct Call {
  var beginning: UInt64
  var number: UInt32
}

let onlyProcess = Config<UInt32>(0)
/// Whether to count by process instead of by call.
let byProcess = Config<Bool>(false)

/// The call that each thread is in.
let calls = HashMap<UInt32, Call>(maxEntries: 10_240)
let tallies = HashMap<UInt32, Tally>(maxEntries: 10_240)

@section("tp/raw_syscalls/sys_enter")
func enter(_ call: SystemCallEnterContext) {
  if onlyProcess.value != 0, onlyProcess.value != Process.id { return }
  calls.set(
    Call(beginning: Clock.monotonic, number: UInt32(truncatingIfNeeded: call.number)), for: Process.thread)
}

@section("tp/raw_syscalls/sys_exit")
func exit(_ call: SystemCallExitContext) {
  guard let begun = calls[Process.thread] else { return }
  calls.removeValue(for: Process.thread)
  let key = byProcess.value ? Process.id : begun.number
  let duration = Clock.monotonic &- begun.beginning
  tallies.insert(Tally(count: 0, failures: 0, duration: 0), for: key)
  tallies.withValue(for: key) { tally in
    tally.count &+= 1
    tally.duration &+= duration
    if call.result < 0 { tally.failures &+= 1 }
  }
}
