// cgroup-filter FOLDER [PORT]: counts what the processes of a control group send, and refuses them a port of UDP and TCP.
//
//     12 packets, 1008 bytes, 3 refused
//
// Needs root. Nothing stays attached when it ends.
import BPF
import Glibc
import KernelObjects

do {
  let arguments = Array(CommandLine.arguments.dropFirst())
  guard let folder = arguments.first, arguments.count == 1 || UInt16(arguments[1]) != nil else {
    print("usage: cgroup-filter FOLDER [PORT]")
    exit(2)
  }
  var object = try kernelObject("cgroup-filter")
  try object.setVariable("refusedPort", to: arguments.count > 1 ? UInt16(arguments[1]) ?? 0 : 0)
  let loaded = try BPFObject(object)
  let packets = try loaded.variable("packets", as: UInt64.self)
  let bytes = try loaded.variable("bytes", as: UInt64.self)
  let refused = try loaded.variable("refused", as: UInt64.self)
  let link = try loaded.program(named: "leaves").attach(toCgroup: ControlGroup(path: folder))
  defer { link.close() }
  while true {
    print("\(packets.value) packets, \(bytes.value) bytes, \(refused.value) refused")
    fflush(nil)
    try await Task.sleep(for: .seconds(1))
  }
} catch {
  print("cgroup-filter: \(error)")
  exit(1)
}
