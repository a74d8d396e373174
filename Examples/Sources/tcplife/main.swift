// tcplife: prints a line for each TCP connection that ends: who talked to whom, how much, and for how long.
//
//     PID     COMM             LADDR           LPORT RADDR           RPORT  TX_KB  RX_KB MS
//     4711    curl             127.0.0.1       43210 127.0.0.1       8000       0    132 12.41
//
// Needs root.
import BPF
import Glibc
import KernelObjects

do {
  let object = try BPFObject(kernelObject("tcplife"))
  let events = try RingBuffer(object.map(named: "events"))
  let links = try object.attach()
  defer { Link.close(links) }
  print("PID     COMM             LADDR           LPORT RADDR           RPORT  TX_KB  RX_KB MS")
  fflush(nil)
  for try await life in events.events(of: Life.self) {
    let hundredths = life.duration / 10_000
    let milliseconds = "\(hundredths / 100)." + (hundredths % 100 < 10 ? "0" : "") + "\(hundredths % 100)"
    print(
      "\(life.process)".padded(to: 7), String(life.command).padded(to: 16), life.text(life.local).padded(to: 15),
      "\(life.localPort)".padded(to: 5), life.text(life.remote).padded(to: 15), "\(life.remotePort)".padded(to: 5),
      "\(life.sent / 1024)".indented(to: 6), "\(life.received / 1024)".indented(to: 6), milliseconds)
    fflush(nil)
  }
} catch {
  print("tcplife: \(error)")
  exit(1)
}
