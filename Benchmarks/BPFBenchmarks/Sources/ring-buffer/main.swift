// ring-buffer: reads a full ring buffer as a program of the library's user would.
//
//     ring-buffer OBJECT     fills the ring buffer, reads it, and prints the nanoseconds that reading took
import BPF
import KernelInterface

struct Failure: Error, CustomStringConvertible { let description: String }

guard CommandLine.arguments.count == 2 else { throw Failure(description: "ring-buffer: OBJECT") }
let object = try BPFObject(ObjectSpec(path: CommandLine.arguments[1]))
let ring = try RingBuffer(object.map(named: "records"))
try object.program(named: "fill").run(TestRun(context: [UInt8](repeating: 0, count: 16)))
var sum: UInt64 = 0
var seen: UInt64 = 0
let time = try ContinuousClock().measure {
  try ring.consume { record in
    sum &+= record.loadUnaligned(as: UInt64.self)
    seen += 1
  }
}
guard seen == 1_000_000, sum == seen * (seen - 1) / 2 else { throw Failure(description: "ring-buffer: saw \(seen)") }
print(time.components.seconds * 1_000_000_000 + time.components.attoseconds / 1_000_000_000)
