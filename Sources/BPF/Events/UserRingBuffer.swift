internal import KernelInterface
internal import LinuxSystem
internal import Synchronization

/// Writes records that a program takes out with `bpf_user_ringbuf_drain`.
///
/// One thread at a time writes. Layout: as that of ``RingBuffer`` with the parts of reader and writer exchanged
/// (`kernel/bpf/ringbuf.c`).
///
///     let commands = try UserRingBuffer(map)
///     if try !commands.write(Command(kind: 1, pid: 42)) { … no room … }
///
/// *First kernel*: 6.1.
public final class UserRingBuffer {
  /// The map, whose descriptor becomes writable when a program has made room.
  public let map: Map
  private let consumer: UnsafeMutablePointer<Atomic<UInt64>>
  private let producer: UnsafeMutablePointer<Atomic<UInt64>>
  private let data: UnsafeMutableRawPointer
  private let size: UInt64
  private let reservation: UnsafeMutableRawPointer
  private let reservationSize: Int

  private static let headerSize: UInt64 = 8
  private static let busy: UInt32 = 1 << 31
  private static let discarded: UInt32 = 1 << 30

  /// Maps a user ring buffer into memory.
  ///
  /// - Throws: ``BPFError/wrongMapType(map:_:)``, or ``BPFError/systemCall(_:)`` with `ENOMEM` or `EPERM`.
  public init(_ map: Map) throws(BPFError) {
    let page = MemoryPage.size
    let size = map.spec.maxEntries
    guard map.spec.type == .userRingBuffer, size > 0, size & (size - 1) == 0 else {
      throw .wrongMapType(map: map.spec.name, map.spec.type)
    }
    let kernel = map.kernel
    let tail = page + 2 * size
    let reservationSize = page + tail
    let subject = "user ring buffer '\(map.spec.name)'"
    var start: UnsafeMutableRawPointer?
    try BPFError.wrap { () throws(SystemCallError) in
      let answer = kernel.map(&start, length: reservationSize, .none, fixed: false, of: -1, offset: 0)
      try SystemCallError.check(answer, "mmap", on: subject)
    }
    guard let base = start else {
      throw .systemCall(SystemCallError(call: "mmap", subject: subject, errno: .noMemory))
    }
    do throws(SystemCallError) {
      try map.descriptor.withNumber { number throws(SystemCallError) in
        // The program's position may only be read; the rest is ours to write.
        var reader: UnsafeMutableRawPointer? = base
        try SystemCallError.check(
          kernel.map(&reader, length: page, .read, fixed: true, of: number, offset: 0), "mmap", on: subject)
        var rest: UnsafeMutableRawPointer? = base + page
        try SystemCallError.check(
          kernel.map(&rest, length: tail, .readWrite, fixed: true, of: number, offset: page), "mmap", on: subject)
      }
    } catch {
      _ = kernel.unmap(base, length: reservationSize)
      throw .systemCall(error)
    }
    self.map = map
    self.reservationSize = reservationSize
    reservation = base
    consumer = base.assumingMemoryBound(to: Atomic<UInt64>.self)
    producer = (base + page).assumingMemoryBound(to: Atomic<UInt64>.self)
    data = base + 2 * page
    self.size = UInt64(size)
  }

  /// Lends room for a record of `byteCount` bytes to `body`, and hands it to the program; where `body` answers false or
  /// throws, the record is given up.
  ///
  /// False when there is no room now.
  ///
  /// - Throws: what `body` throws; nothing else.
  @discardableResult
  public func withRecord<E: Error>(
    byteCount: Int, _ body: (UnsafeMutableRawBufferPointer) throws(E) -> Bool
  ) throws(E) -> Bool {
    guard byteCount >= 0, let length = UInt32(exactly: byteCount), length & (Self.busy | Self.discarded) == 0 else {
      return false
    }
    let total = (UInt64(length) + Self.headerSize + 7) & ~7
    let position = producer.pointee.load(ordering: .relaxed)
    guard total <= size &- (position &- consumer.pointee.load(ordering: .acquiring)) else { return false }
    let record = data + Int(position & (size - 1))
    let header = record.assumingMemoryBound(to: Atomic<UInt32>.self)
    header.pointee.store(length | Self.busy, ordering: .relaxed)
    record.storeBytes(of: 0, toByteOffset: 4, as: UInt32.self)
    producer.pointee.store(position &+ total, ordering: .releasing)
    var final = length | Self.discarded
    defer { header.pointee.store(final, ordering: .sequentiallyConsistent) }
    let bytes = UnsafeMutableRawBufferPointer(start: record + Int(Self.headerSize), count: byteCount)
    if try body(bytes) { final = length }
    return true
  }

  /// Writes a value; false when there is no room now.
  @discardableResult
  public func write<Value: BitwiseCopyable>(_ value: Value) -> Bool {
    withRecord(byteCount: MemoryLayout<Value>.size) { bytes in
      withUnsafeBytes(of: value) { bytes.copyMemory(from: $0) }
      return true
    }
  }

  /// Writes bytes; false when there is no room now.
  @discardableResult
  public func write(bytes source: [UInt8]) -> Bool {
    withRecord(byteCount: source.count) { bytes in
      bytes.copyBytes(from: source)
      return true
    }
  }

  /// Waits until a program has made room since the last time, at most `milliseconds`; false when none did.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``.
  public func waitForRoom(milliseconds: Int? = nil) throws(BPFError) -> Bool {
    do throws(SystemCallError) {
      let epoll = try Epoll()
      try epoll.add(map.descriptor, token: 0, for: .writable)
      return try !epoll.wait(milliseconds: milliseconds).isEmpty
    } catch { throw .systemCall(error) }
  }

  deinit { _ = map.kernel.unmap(reservation, length: reservationSize) }
}
