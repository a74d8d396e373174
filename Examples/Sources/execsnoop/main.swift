// execsnoop [-u UID]: prints a line for each program that is started, with its arguments.
//
//     PCOMM            PID     PPID    UID   ARGS
//     uname            4711    4600    0     uname -a
//
// Needs root.
import BPF
import Glibc
import KernelObjects

do {
  var object = try kernelObject("execsnoop")
  let arguments = Array(CommandLine.arguments.dropFirst())
  if arguments.count == 2, arguments[0] == "-u", let user = UInt32(arguments[1]) {
    try object.setVariable("onlyUser", to: user)
  } else if !arguments.isEmpty {
    print("usage: execsnoop [-u UID]")
    exit(2)
  }
  let loaded = try BPFObject(object)
  let events = try RingBuffer(loaded.map(named: "events"))
  let links = try loaded.attach()
  defer { Link.close(links) }
  print("PCOMM            PID     PPID    UID   ARGS")
  fflush(nil)
  for try await event in events.events(of: Started.self) {
    print(
      String(event.command).padded(to: 16), "\(event.process)".padded(to: 7), "\(event.parent)".padded(to: 7),
      "\(event.user)".padded(to: 5), event.line)
    fflush(nil)
  }
} catch {
  print("execsnoop: \(error)")
  exit(1)
}
