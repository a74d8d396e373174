// xdp-counter [INTERFACE ...]: prints each second how much came in on each interface; all of them when none is named.
// An interface that takes no XDP program is left out, with the reason. Needs root. Nothing stays attached when it ends.
import BPF
import Glibc

do {
  let names = CommandLine.arguments.dropFirst()
  let interfaces = try names.isEmpty ? NetworkInterface.all() : names.map { try NetworkInterface(named: $0) }
  let counter = try TrafficCounter()
  var counted: [NetworkInterface] = []
  for interface in interfaces {
    do {
      try counter.attach(to: interface)
      counted.append(interface)
    } catch {
      print("\(interface) is left out: \(error)")
    }
  }
  while !counted.isEmpty {
    try await Task.sleep(for: .seconds(1))
    for interface in counted {
      let traffic = try counter.traffic(of: interface)
      print("\(interface): \(traffic.packets) packets, \(traffic.bytes) bytes")
    }
    fflush(nil)
  }
} catch {
  print("xdp-counter: \(error)")
}
