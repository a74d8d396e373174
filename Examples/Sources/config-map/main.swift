// config-map USER=MESSAGE...: prints a line for each program that a user starts, with the message for the user.
//
//     $ config-map 0='Hey root!' 501='Hi user 501!'
//     bash of user 0: Hey root!
//
// The messages are in a map, which may be changed while this runs:
//
//     bpf map update name config key hex 00 00 00 00 value hex 48 65 79 00 00 00 00 00 00 00 00 00 00 00 00 00
//
// Needs root.
import BPF
import BPFKernel
import Glibc
import KernelObjects

typealias Message = InlineArray<16, UInt8>

do {
  let object = try BPFObject(kernelObject("config-map"))
  let config = try BPF.HashMap<UInt32, Message>(object.map(named: "config"))
  for argument in CommandLine.arguments.dropFirst() {
    let parts = argument.split(separator: "=", maxSplits: 1)
    guard parts.count == 2, let user = UInt32(parts[0]) else {
      print("config-map: '\(argument)' is not USER=MESSAGE")
      exit(2)
    }
    let text = Array(parts[1].utf8.prefix(15))
    try config.set(Message { $0 < text.count ? text[$0] : 0 }, for: user)
  }
  let log = try BPF.RingBuffer(object.map(named: "log"))
  let links = try object.attach()
  defer { Link.close(links) }
  for try await line in log.events({ LogLine(decoding: Array($0)) }) {
    print(line.text)
    fflush(nil)
  }
} catch {
  print("config-map: \(error)")
  exit(1)
}
