// exec-stream: prints a line for each program that is started on this machine, as it starts: process, user, file.
//
//     4711 0 /usr/bin/ls
//     4712 33 /usr/sbin/apache2
//
// The kernel's side is C, compiled when this runs: it needs clang and libbpf's headers, and root.
import BPF
import Glibc

do {
  let object = try BPFObject(source: ExecEvent.source)
  let events = try RingBuffer(object.map(named: "events"))
  let links = try object.attach()
  defer { Link.close(links) }
  for try await event in events.events(of: ExecEvent.self) {
    print(event.process, event.user, event.file)
  }
} catch {
  print("exec-stream: \(error)")
  exit(1)
}
