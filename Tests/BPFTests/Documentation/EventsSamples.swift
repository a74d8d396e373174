import KernelInterface

@testable import BPF

/// The code of Events.md, as it stands there; `EventStreamTests` and `PerfBufferTests` run its like.
struct EventsSamples {
  func ringBuffer(_ object: BPFObject) async throws {
    struct Exec: BitwiseCopyable {
      var process: UInt32
      var user: UInt32
    }
    let ring = try RingBuffer(object.map(named: "events"))
    for try await event in ring.events(of: Exec.self) {
      print(event.process, event.user)
    }

    let names = ring.events { bytes in
      bytes.first == 1 ? String(decoding: bytes.dropFirst(), as: UTF8.self) : nil
    }
    for try await name in names { print(name) }
  }

  func plainLoop(_ ring: RingBuffer) throws {
    let poll = try EventPoll()
    var total = 0
    try poll.add(ring) { total += $0.count }
    try poll.wait(milliseconds: 100)
    print(total)
  }

  func perfBuffer(_ map: Map) throws {
    let buffer = try PerfBuffer(map, PerfBuffer.Options(pagesPerCPU: 64))
    let count = try buffer.consume { cpu, bytes in print(cpu, bytes.count) }
    print(count, buffer.lostCount)
  }
}
