// syscount [-P] [-p PID]: prints every second the system calls that took most time, by number or, with -P, by process.
//
//     SYSCALL          COUNT   FAILED  TIME(us)
//     202                231        0    900211
//
// Needs root.
import BPF
import Glibc
import KernelObjects

/// What is counted, laid out as in the kernel's side.
struct Tally: BitwiseCopyable {
  var count: UInt64
  var failures: UInt64
  var duration: UInt64
}

do {
  var object = try kernelObject("syscount")
  var arguments = CommandLine.arguments.dropFirst()
  var byProcess = false
  while let argument = arguments.popFirst() {
    if argument == "-P" {
      byProcess = true
      try object.setVariable("byProcess", to: true)
    } else if argument == "-p", let process = arguments.popFirst().flatMap({ UInt32($0) }) {
      try object.setVariable("onlyProcess", to: process)
    } else {
      print("usage: syscount [-P] [-p PID]")
      exit(2)
    }
  }
  let loaded = try BPFObject(object)
  let tallies = try HashMap<UInt32, Tally>(loaded.map(named: "tallies"))
  let links = try loaded.attach()
  defer { Link.close(links) }
  while true {
    try await Task.sleep(for: .seconds(1))
    print((byProcess ? "PID" : "SYSCALL").padded(to: 10), "COUNT".indented(to: 11), "  FAILED  TIME(us)")
    for (key, tally) in try tallies.elements().sorted(by: { $0.value.duration > $1.value.duration }).prefix(10) {
      print(
        "\(key)".padded(to: 10), "\(tally.count)".indented(to: 11), "\(tally.failures)".indented(to: 8),
        "\(tally.duration / 1000)".indented(to: 9))
    }
    fflush(nil)
  }
} catch {
  print("syscount: \(error)")
  exit(1)
}
