internal import BPF
internal import KernelInterface
internal import LinuxSystem

/// The ring and perf buffers of an object, with what their records are.
final class EventBuffers {
  private enum Buffer {
    case ring(RingBuffer)
    case perf(PerfBuffer, known: UInt64)
  }

  private var buffers: [Buffer] = []
  /// The tables of the buffers, in their order.
  let tables: [RecordTable]

  /// Opens all buffers of an object.
  init(of object: BPFObject, _ types: RecordTypeSearch) throws(BPFError) {
    var tables: [RecordTable] = []
    for map in object.maps where map.spec.type.holdsRecords {
      buffers.append(
        map.spec.type == .ringBuffer ? .ring(try RingBuffer(map)) : .perf(try PerfBuffer(map), known: 0))
      tables.append(
        RecordTable(
          name: map.spec.name, type: RecordType(of: map.spec, types, object.spec.types),
          mayHoldLog: !types.isStated(map.spec)))
    }
    self.tables = tables
  }

  /// Adds the buffers, each with its place as its token.
  func watch(with epoll: borrowing Epoll) throws(BPFError) {
    for (index, buffer) in buffers.enumerated() {
      switch buffer {
      case .ring(let ring): try ring.watch(with: epoll, token: UInt64(index))
      case .perf(let perf, _): try perf.watch(with: epoll, token: UInt64(index))
      }
    }
  }

  /// Calls `body` with the records that are there, at most `limit` of each buffer, and the buffer's place.
  func consume(limit: Int, _ body: (Int, UnsafeRawBufferPointer) -> Void) throws(BPFError) {
    for (index, buffer) in buffers.enumerated() {
      switch buffer {
      case .ring(let ring): try ring.consume(limit: limit) { body(index, $0) }
      case .perf(let perf, _): try perf.consume(limit: limit) { body(index, $0) }
      }
    }
  }

  /// Records that were lost since this was asked last.
  ///
  /// The kernel counts those of perf buffers; of ring buffers only the program knows what did not fit.
  func newLosses() -> [(name: String, count: UInt64)] {
    var losses: [(name: String, count: UInt64)] = []
    for (index, buffer) in buffers.enumerated() {
      guard case .perf(let perf, let known) = buffer, perf.lostCount > known else { continue }
      losses.append((tables[index].name, perf.lostCount - known))
      buffers[index] = .perf(perf, known: perf.lostCount)
    }
    return losses
  }
}
