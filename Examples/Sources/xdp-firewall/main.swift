// xdp-firewall INTERFACE [-p PORT] [ADDRESS[/LENGTH]...]: drops what comes in from these addresses and to this port, and
// prints every second how many packets came and how many were dropped.
//
//     UDP 12, TCP 3, ICMP 0, dropped 5
//
// Needs root. Nothing stays attached when it ends.
import BPF
import Glibc
import KernelObjects

do {
  var arguments = CommandLine.arguments.dropFirst()
  guard let name = arguments.popFirst() else {
    print("usage: xdp-firewall INTERFACE [-p PORT] [ADDRESS[/LENGTH]...]")
    exit(2)
  }
  var object = try kernelObject("xdp-firewall")
  var prefixes: [IPv4Prefix] = []
  while let argument = arguments.popFirst() {
    if argument == "-p", let port = arguments.popFirst().flatMap({ UInt16($0) }) {
      try object.setVariable("blockedPort", to: port)
    } else if let prefix = IPv4Prefix(argument) {
      prefixes.append(prefix)
    } else {
      print("xdp-firewall: '\(argument)' is no address")
      exit(2)
    }
  }
  let loaded = try BPFObject(object)
  let blocked = try LPMTrie<IPv4Prefix, UInt64>(loaded.map(named: "blockedSources"))
  for prefix in prefixes { try blocked.set(0, for: prefix) }
  let packets = try PerCPUArrayMap<UInt64>(loaded.map(named: "packets"))
  let dropped = try PerCPUArrayMap<UInt64>(loaded.map(named: "dropped"))
  let link = try loaded.program(named: "firewall").attach(toXDPOf: NetworkInterface(named: name), mode: .generic)
  defer { link.close() }
  while true {
    func count(_ transport: Int) throws -> UInt64 { try packets.value(at: transport)?.sum() ?? 0 }
    try print("UDP \(count(17)), TCP \(count(6)), ICMP \(count(1)), dropped \(dropped.value(at: 0)?.sum() ?? 0)")
    fflush(nil)
    try await Task.sleep(for: .seconds(1))
  }
} catch {
  print("xdp-firewall: \(error)")
  exit(1)
}
