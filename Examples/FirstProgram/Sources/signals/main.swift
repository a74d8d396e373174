import BPF
import SignalsKernel

var signals = try Signals()
signals.firstSignal = 0

let loaded = try signals.load()
let links = try loaded.attach()
defer { Link.close(links) }

for try await event in try loaded.sent() {
  print("\(event.commandText) sends signal \(event.signal) to \(event.target); \(loaded.total) so far")
}
