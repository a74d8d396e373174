// xdp-counter [INTERFACE ...]: prints each second how much came in on each interface; all of them when none is named.
// Needs root. Nothing stays attached when it ends.
import BPF
import Glibc

do {
  let names = CommandLine.arguments.dropFirst()
  let interfaces = try names.isEmpty ? NetworkInterface.all() : names.map { try NetworkInterface(named: $0) }
  let counter = try TrafficCounter()
  for interface in interfaces { try counter.attach(to: interface) }
  while true {
    try await Task.sleep(for: .seconds(1))
    for interface in interfaces {
      let traffic = try counter.traffic(of: interface)
      print("\(interface): \(traffic.packets) packets, \(traffic.bytes) bytes")
    }
    fflush(nil)
  }
} catch {
  print("xdp-counter: \(error)")
}
