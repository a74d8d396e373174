// tc-marker INTERFACE PORT MARK: marks the packets that go out to a port, and prints every second how many they were.
//
//     marked 12, others 3
//
// Needs root. Nothing stays attached when it ends.
import BPF
import Glibc
import KernelObjects

do {
  let arguments = Array(CommandLine.arguments.dropFirst())
  guard arguments.count == 3, let port = UInt16(arguments[1]), let mark = UInt32(arguments[2]) else {
    print("usage: tc-marker INTERFACE PORT MARK")
    exit(2)
  }
  // A classifier outlives its process, so the signals that end this one are waited for.
  var ending = sigset_t()
  sigemptyset(&ending)
  for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&ending, signal) }
  pthread_sigmask(SIG_BLOCK, &ending, nil)
  var object = try kernelObject("tc-marker")
  try object.setVariable("port", to: port)
  try object.setVariable("markValue", to: mark)
  let loaded = try BPFObject(object)
  let marked = try loaded.variable("marked", as: UInt64.self)
  let others = try loaded.variable("others", as: UInt64.self)
  let attachment = try loaded.program(named: "mark")
    .attach(toClassifierOf: NetworkInterface(named: arguments[0]), .egress)
  defer { attachment.link.close() }
  var second = timespec(tv_sec: 1, tv_nsec: 0)
  repeat {
    print("marked \(marked.value), others \(others.value)")
    fflush(nil)
  } while sigtimedwait(&ending, nil, &second) < 0
} catch {
  print("tc-marker: \(error)")
  exit(1)
}
