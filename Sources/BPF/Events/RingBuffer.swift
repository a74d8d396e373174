internal import KernelInterface
internal import LinuxSystem
internal import Synchronization

/// Reads a ring buffer map from memory that the kernel shares.
///
/// One thread at a time reads; any number of CPUs write. Layout and order of accesses: `Documentation/bpf/ringbuf.rst`
/// and `kernel/bpf/ringbuf.c`: a page with the reader's position, a page with the writers' position, and the data,
/// mapped twice in a row so that a record that wraps around is in one piece.
///
/// *First kernel*: 5.8.
public final class RingBuffer: EventSource {
  /// The map, whose descriptor becomes readable when there are records.
  public let map: Map
  private let consumer: UnsafeMutablePointer<Atomic<UInt64>>
  private let producer: UnsafeMutablePointer<Atomic<UInt64>>
  private let data: UnsafeRawPointer
  private let mask: UInt64
  private let reservation: UnsafeMutableRawPointer
  private let reservationSize: Int
  /// After how many bytes writers are told that there is room again.
  private let publishingInterval: UInt64

  /// A record's header: its length with two flags, and the distance to the page of the buffer (`struct bpf_ringbuf_hdr`).
  private static let headerSize: UInt64 = 8
  /// `BPF_RINGBUF_BUSY_BIT`: still being written.
  private static let busy: UInt32 = 1 << 31
  /// `BPF_RINGBUF_DISCARD_BIT`: given up by its writer.
  private static let discarded: UInt32 = 1 << 30

  /// Maps a ring buffer into memory.
  ///
  /// - Throws: ``BPFError/wrongMapType(map:_:)``, or ``BPFError/systemCall(_:)`` with `ENOMEM` or `EPERM`.
  public init(_ map: Map) throws(BPFError) {
    let page = MemoryPage.size
    let size = map.spec.maxEntries
    guard map.spec.type == .ringBuffer, size > 0, size & (size - 1) == 0 else {
      throw .wrongMapType(map: map.spec.name, map.spec.type)
    }
    let kernel = map.kernel
    // One stretch of addresses for all: the reader's page, then what the kernel maps at its second page.
    let tail = page + 2 * size
    let reservationSize = page + tail
    var start: UnsafeMutableRawPointer?
    try Self.check(kernel.map(&start, length: reservationSize, .none, fixed: false, of: -1, offset: 0), map)
    guard let base = start else {
      throw .systemCall(SystemCallError(call: "mmap", subject: "ring buffer '\(map.spec.name)'", errno: .noMemory))
    }
    do throws(BPFError) {
      try map.descriptor.withNumber { number throws(BPFError) in
        var reader: UnsafeMutableRawPointer? = base
        try Self.check(kernel.map(&reader, length: page, .readWrite, fixed: true, of: number, offset: 0), map)
        var rest: UnsafeMutableRawPointer? = base + page
        try Self.check(kernel.map(&rest, length: tail, .read, fixed: true, of: number, offset: page), map)
      }
    } catch {
      _ = kernel.unmap(base, length: reservationSize)
      throw error
    }
    self.map = map
    self.reservationSize = reservationSize
    reservation = base
    consumer = base.assumingMemoryBound(to: Atomic<UInt64>.self)
    producer = (base + page).assumingMemoryBound(to: Atomic<UInt64>.self)
    data = UnsafeRawPointer(base + 2 * page)
    mask = UInt64(size - 1)
    publishingInterval = UInt64(max(4096, size / 16))
  }

  /// Bytes that are reserved or written and not read yet; a snapshot.
  public var pendingBytes: Int {
    Int(
      truncatingIfNeeded: producer.pointee.load(ordering: .acquiring) &- consumer.pointee.load(ordering: .relaxed))
  }

  /// Calls `body` with each record that is complete, in the order of their reservation, at most `limit` of them.
  ///
  /// The bytes live until `body` returns; they begin at a multiple of 8. A record that is still being written holds up
  /// those behind it. Answers how many records there were; less than `limit` means that the buffer was empty then.
  ///
  /// - Throws: ``BPFError/corruptRingBuffer(map:)``; the rest is then skipped.
  @discardableResult
  public func consume(
    limit: Int = .max, _ body: (UnsafeRawBufferPointer) -> Void
  ) throws(BPFError) -> Int {
    var position = consumer.pointee.load(ordering: .relaxed)
    var published = position
    var count = 0
    defer { if position != published { consumer.pointee.store(position, ordering: .releasing) } }

    while true {
      let end = producer.pointee.load(ordering: .acquiring)
      let beginning = position
      while position != end, count < limit {
        let record = data + Int(truncatingIfNeeded: position & mask)
        let header = UnsafeMutablePointer(
          mutating: record.assumingMemoryBound(to: Atomic<UInt32>.self)
        ).pointee.load(ordering: .acquiring)
        if header & Self.busy != 0 { break }
        let length = UInt64(header & ~Self.discarded)
        let step = (length &+ Self.headerSize &+ 7) & ~7
        guard step <= end &- position else {
          position = end
          throw .corruptRingBuffer(map: map.spec.name)
        }
        if header & Self.discarded == 0 {
          body(UnsafeRawBufferPointer(start: record + Int(Self.headerSize), count: Int(length)))
          count &+= 1
        }
        position &+= step
        if position &- published >= publishingInterval {
          consumer.pointee.store(position, ordering: .releasing)
          published = position
        }
      }
      if position != published {
        consumer.pointee.store(position, ordering: .releasing)
        published = position
      }
      if count >= limit || position == beginning { return count }
      // A writer wakes us only when it sees that we have read all before its record. Its look at our position and our
      // look at its position must not pass each other, or both would wait.
      atomicMemoryFence(ordering: .sequentiallyConsistent)
    }
  }

  private static func check(_ answer: CInt, _ map: Map) throws(BPFError) {
    try BPFError.wrap { () throws(SystemCallError) in
      _ = try SystemCallError.check(answer, "mmap", on: "ring buffer '\(map.spec.name)'")
    }
  }

  deinit { _ = map.kernel.unmap(reservation, length: reservationSize) }
}
