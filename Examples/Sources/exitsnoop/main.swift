// exitsnoop [-p PID] [-x]: prints a line for each process that ends: how long it lived, and how it ended.
//
//     PCOMM            PID     PPID    AGE(s)  EXIT_CODE
//     sleep            4711    4600    1.00    0
//     sh               4712    4600    0.02    code 3
//
// -p shows one process, -x only those that end with an error. Needs root.
import BPF
import Glibc
import KernelObjects

do {
  var object = try kernelObject("exitsnoop")
  var arguments = CommandLine.arguments.dropFirst()
  while let argument = arguments.popFirst() {
    switch argument {
    case "-x": try object.setVariable("onlyFailed", to: true)
    case "-p":
      guard let process = arguments.popFirst().flatMap({ UInt32($0) }) else {
        print("exitsnoop: -p needs a number")
        exit(2)
      }
      try object.setVariable("onlyProcess", to: process)
    default:
      print("usage: exitsnoop [-p PID] [-x]")
      exit(2)
    }
  }
  let loaded = try BPFObject(object)
  let events = try RingBuffer(loaded.map(named: "events"))
  let links = try loaded.attach()
  defer { Link.close(links) }
  print("PCOMM            PID     PPID    AGE(s)  EXIT_CODE")
  fflush(nil)
  for try await event in events.events(of: Ended.self) {
    let hundredths = event.age / 10_000_000
    let age = "\(hundredths / 100)." + (hundredths % 100 < 10 ? "0" : "") + "\(hundredths % 100)"
    print(
      String(event.command).padded(to: 16), "\(event.process)".padded(to: 7), "\(event.parent)".padded(to: 7),
      age.padded(to: 7), event.end)
    fflush(nil)
  }
} catch {
  print("exitsnoop: \(error)")
  exit(1)
}
