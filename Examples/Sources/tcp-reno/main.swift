// tcp-reno: offers TCP a way to avoid congestion, "swift_reno", and prints how often connections asked it.
//
//     window grown 214 times, after a loss cut 2 times, cut taken back 0 times
//
// A connection chooses it by setsockopt(…, TCP_CONGESTION, "swift_reno"), new connections of a network name space by
// sysctl net.ipv4.tcp_congestion_control=swift_reno. Needs root. It is gone when this program ends.
import BPF
import Glibc
import KernelObjects

do {
  let object = try BPFObject(kernelObject("tcp-reno"))
  let calls = try PerCPUArrayMap<UInt64>(object.map(named: "calls"))
  let links = try object.attach()
  defer { Link.close(links) }
  while true {
    let counts = try calls.elements().map { $0.value.sum() }
    print("window grown \(counts[1]) times, after a loss cut \(counts[0]) times, cut taken back \(counts[2]) times")
    fflush(nil)
    try await Task.sleep(for: .seconds(1))
  }
} catch {
  print("tcp-reno: \(error)")
  exit(1)
}
