// biosnoop: prints a line for each request to a disk: when it ended, who asked, what for, and how long it took.
//
//     TIME(s)     COMM           PID     DISK    T SECTOR     BYTES   LAT(ms)
//     0.000000    kworker/u4:1   211     254:0   W 1050624    4096    0.52
//
// Needs root.
import BPF
import Glibc
import KernelObjects

/// A number of nanoseconds in other units, with digits behind the point.
func text(_ nanoseconds: UInt64, per unit: UInt64, digits: Int) -> String {
  var scale: UInt64 = 1
  for _ in 0..<digits { scale *= 10 }
  let fraction = "\(nanoseconds % unit * scale / unit)"
  return "\(nanoseconds / unit)." + String(repeating: "0", count: digits - fraction.count) + fraction
}

do {
  let object = try BPFObject(kernelObject("biosnoop"))
  let events = try RingBuffer(object.map(named: "events"))
  let links = try object.attach()
  defer { Link.close(links) }
  print("TIME(s)     COMM           PID     DISK    T SECTOR     BYTES   LAT(ms)")
  fflush(nil)
  var start: UInt64?
  for try await request in events.events(of: Finished.self) {
    let first = start ?? request.time
    start = first
    print(
      text(request.time &- first, per: 1_000_000_000, digits: 6).padded(to: 11),
      String(request.command).padded(to: 14), "\(request.process)".padded(to: 7), request.deviceName.padded(to: 7),
      String(request.kind), "\(request.sector)".padded(to: 10), "\(request.byteCount)".padded(to: 7),
      text(request.duration, per: 1_000_000, digits: 2), request.error == 0 ? "" : "error \(request.error)")
    fflush(nil)
  }
} catch {
  print("biosnoop: \(error)")
  exit(1)
}
