// runqlat [-p PID]: prints every second how long tasks had to wait for a CPU.
//
//     usecs               : count
//         0 -> 1          : 231      |****************************************|
//         2 -> 3          : 18       |***                                     |
//
// Needs root.
import BPF
import Glibc
import KernelObjects

do {
  var object = try kernelObject("runqlat")
  let arguments = Array(CommandLine.arguments.dropFirst())
  if arguments.count == 2, arguments[0] == "-p", let process = Int32(arguments[1]) {
    try object.setVariable("onlyProcess", to: process)
  } else if !arguments.isEmpty {
    print("usage: runqlat [-p PID]")
    exit(2)
  }
  let loaded = try BPFObject(object)
  let histogram = try ArrayMap<UInt64>(loaded.map(named: "histogram"))
  let links = try loaded.attach()
  defer { Link.close(links) }
  while true {
    try await Task.sleep(for: .seconds(1))
    let counts = try histogram.values()
    guard let last = counts.lastIndex(where: { $0 > 0 }), let most = counts.max() else { continue }
    print("usecs               : count")
    for index in 0...last {
      let from = index == 0 ? 0 : UInt64(1) << UInt64(index)
      let range = "\(from)".indented(to: 5) + " -> " + "\((UInt64(1) << UInt64(index + 1)) - 1)".padded(to: 10)
      let stars = String(repeating: "*", count: Int(counts[index] * 40 / most))
      print("\(range) : \("\(counts[index])".padded(to: 8)) |\(stars.padded(to: 40))|")
    }
    fflush(nil)
  }
} catch {
  print("runqlat: \(error)")
  exit(1)
}
