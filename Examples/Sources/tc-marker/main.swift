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
  var object = try kernelObject("tc-marker")
  try object.setVariable("port", to: port)
  try object.setVariable("markValue", to: mark)
  let loaded = try BPFObject(object)
  let marked = try loaded.variable("marked", as: UInt64.self)
  let others = try loaded.variable("others", as: UInt64.self)
  let attachment = try loaded.program(named: "mark")
    .attach(toClassifierOf: NetworkInterface(named: arguments[0]), .egress)
  defer { attachment.link.close() }
  while true {
    print("marked \(marked.value), others \(others.value)")
    fflush(nil)
    try await Task.sleep(for: .seconds(1))
  }
} catch {
  print("tc-marker: \(error)")
  exit(1)
}
