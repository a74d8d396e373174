// bpf-calls [-p PID]: prints a line for each bpf() system call of this machine, as strace does.
//
//     4711 bpftool bpf(BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_HASH, key_size=4, value_size=8, max_entries=16}, 72) = 5
//
// Needs root.
import BPF
import Glibc
import KernelObjects

do {
  var object = try kernelObject("bpf-calls")
  let arguments = Array(CommandLine.arguments.dropFirst())
  if arguments.count == 2, arguments[0] == "-p", let process = UInt32(arguments[1]) {
    try object.setVariable("onlyProcess", to: process)
  } else if !arguments.isEmpty {
    print("usage: bpf-calls [-p PID]")
    exit(2)
  }
  let loaded = try BPFObject(object)
  let events = try RingBuffer(loaded.map(named: "events"))
  let links = try loaded.attach()
  defer { Link.close(links) }
  for try await call in events.events(of: Finished.self) {
    // Its own calls would show this program's printing, again and again.
    if call.process == UInt32(getpid()) { continue }
    print(call.process, String(call.caller), call.line)
    fflush(nil)
  }
} catch {
  print("bpf-calls: \(error)")
  exit(1)
}
