// event-output [ring | perf]: prints a line for each program that is about to be started: process, user, command, and a
// message that differs for odd and even processes. The events come through a ring buffer, or through a perf buffer.
//
//     4711 0 bash Goodbye now
//
// Needs root.
import BPF
import Glibc
import KernelObjects

func show(_ event: Event) {
  print(event.process, event.user, String(event.command), String(event.message))
  fflush(nil)
}

do {
  let object = try BPFObject(kernelObject("event-output"))
  let links = try object.attach()
  defer { Link.close(links) }
  if CommandLine.arguments.dropFirst().first == "perf" {
    let events = try PerfBuffer(object.map(named: "perf"))
    for try await event in events.events(of: Event.self) { show(event) }
  } else {
    let events = try RingBuffer(object.map(named: "ring"))
    for try await event in events.events(of: Event.self) { show(event) }
  }
} catch {
  print("event-output: \(error)")
  exit(1)
}
