// Reports each request to a disk: who asked for it, what it was, and how long it took.
import BPFKernel

public let license: StaticString = "GPL"

extension Kernel {
  struct trace_event_raw_block_rq {
    var dev: UInt32
    var sector: UInt64
    var nr_sector: UInt32
    var bytes: UInt32
    var rwbs: Characters<8>
    var comm: Characters<16>
  }
  struct trace_event_raw_block_rq_completion {
    var dev: UInt32
    var sector: UInt64
    var error: Int32
  }
  /// The same, as it was called before Linux 5.16.
  struct trace_event_raw_block_rq_complete {
    var dev: UInt32
    var sector: UInt64
    var error: Int32
  }
}

/// What tells a request apart while it is under way.
struct Place {
  var sector: UInt64
  var device: UInt32
}

struct Request {
  var time: UInt64
  var process: UInt32
  var byteCount: UInt32
  var kind: Characters<8>
  var command: Characters<16>
}

struct Finished {
  var time: UInt64
  /// How long the request took, in nanoseconds.
  var duration: UInt64
  var sector: UInt64
  var device: UInt32
  var process: UInt32
  var byteCount: UInt32
  var error: Int32
  /// `R`, `W`, `D` and the like, as the kernel writes them.
  var kind: Characters<8>
  var command: Characters<16>
}

let requests = HashMap<Place, Request>(maxEntries: 10_240)
let events = RingBuffer<Finished>(byteCount: 256 * 1024)

@section("tp/block/block_rq_issue")
func issued(_ event: TracepointContext<Kernel.trace_event_raw_block_rq>) {
  let record = event.record
  requests.set(
    Request(
      time: Clock.monotonic, process: Process.id, byteCount: record.pointee.bytes, kind: read(&record.pointee.rwbs),
      command: read(&record.pointee.comm)),
    for: Place(sector: record.pointee.sector, device: record.pointee.dev))
}

@section("tp/block/block_rq_complete")
func completed(_ event: TracepointContext<Kernel.trace_event_raw_block_rq_completion>) {
  let record = event.record
  if Kernel.hasField(&record.pointee.sector) {
    finish(Place(sector: record.pointee.sector, device: record.pointee.dev), error: record.pointee.error)
  } else {
    completedBefore5_16(
      TracepointContext(event.rawContext.assumingMemoryBound(to: Kernel.trace_event_raw_block_rq_complete.self)))
  }
}

func completedBefore5_16(_ event: TracepointContext<Kernel.trace_event_raw_block_rq_complete>) {
  let record = event.record
  finish(Place(sector: record.pointee.sector, device: record.pointee.dev), error: record.pointee.error)
}

func finish(_ place: Place, error: Int32) {
  guard let request = requests[place] else { return }
  requests.removeValue(for: place)
  let now = Clock.monotonic
  events.emit(
    Finished(
      time: now, duration: now &- request.time, sector: place.sector, device: place.device,
      process: request.process, byteCount: request.byteCount, error: error, kind: request.kind,
      command: request.command))
}
