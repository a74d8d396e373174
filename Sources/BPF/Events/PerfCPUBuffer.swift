internal import KernelInterface
internal import LinuxSystem
internal import Synchronization

/// One CPU's perf event with its memory: a page of positions and the data, as `perf_event_open(2)` describes them.
///
/// Offsets: `struct perf_event_mmap_page` in `include/uapi/linux/perf_event.h`.
final class PerfCPUBuffer {
  let cpu: Int
  let event: OwnedDescriptor
  /// Records that the kernel said it could not write.
  private(set) var lost: UInt64 = 0
  private let name: String
  private let kernel: any KernelCalls
  private let base: UnsafeMutableRawPointer
  private let length: Int
  private let size: UInt64
  /// A record that goes over the end of the data is put together here.
  private var whole: [UInt8] = []

  /// `struct perf_event_header`: type, misc and size.
  private static let headerSize = 8
  /// `PERF_RECORD_LOST`.
  private static let lostRecord: UInt32 = 2
  /// `PERF_RECORD_SAMPLE`.
  private static let sampleRecord: UInt32 = 9

  /// Opens an event whose buffer is `pages` pages, a power of two; it writes when it has been put into a map.
  init(
    cpu: Int, _ event: PerfEvent, pages: Int, isWritable: Bool, name: String, kernel: any KernelCalls
  ) throws(SystemCallError) {
    let page = MemoryPage.size
    guard pages > 0, pages & (pages - 1) == 0, pages <= 1 << 20 else {
      throw SystemCallError(
        call: "mmap", subject: "perf buffer '\(name)' of \(pages) pages, which is no power of two",
        errno: .invalidArgument)
    }
    let opened = try kernel.openPerfEvent(event, on: .cpu(cpu))
    let length = (pages + 1) * page
    var address: UnsafeMutableRawPointer?
    let answer = opened.withNumber {
      kernel.map(&address, length: length, isWritable ? .readWrite : .read, fixed: false, of: $0, offset: 0)
    }
    try SystemCallError.check(answer, "mmap", on: "perf buffer '\(name)' of CPU \(cpu), \(length) bytes")
    guard let address else {
      throw SystemCallError(call: "mmap", subject: "perf buffer '\(name)'", errno: .noMemory)
    }
    self.event = opened
    self.cpu = cpu
    self.name = name
    self.kernel = kernel
    base = address
    self.length = length
    size = UInt64(pages * page)
  }

  /// Lets programs write into it: `map[cpu] = event`.
  func install(in map: Map) throws(SystemCallError) {
    try event.withNumber { number throws(SystemCallError) in
      var (key, value) = (UInt32(cpu), number)
      var result: Result<Void, SystemCallError> = .success(())
      withUnsafeBytes(of: &key) { key in
        withUnsafeBytes(of: &value) { value in
          guard let address = value.baseAddress else { return }
          result = Result { () throws(SystemCallError) in
            try kernel.updateElement(of: map.descriptor, key: key.baseAddress, value: address, .any)
          }
        }
      }
      if case .failure(var error) = result {
        error.subject = "perf event array '\(name)', CPU \(cpu)"
        throw error
      }
    }
    try kernel.enablePerfEvent(event)
  }

  /// Where the kernel writes next (`data_head`), and where the reader stands (`data_tail`).
  private var head: UnsafeMutablePointer<Atomic<UInt64>> {
    (base + 1024).assumingMemoryBound(to: Atomic<UInt64>.self)
  }
  private var tail: UnsafeMutablePointer<Atomic<UInt64>> {
    (base + 1032).assumingMemoryBound(to: Atomic<UInt64>.self)
  }
  private var data: UnsafeRawPointer { UnsafeRawPointer(base + (length - Int(size))) }

  /// The records from the oldest on, given back to the kernel when `limit` is reached or none is left.
  func consume(limit: Int, _ body: (UnsafeRawBufferPointer) -> Void) throws(BPFError) -> Int {
    var position = tail.pointee.load(ordering: .relaxed)
    let end = head.pointee.load(ordering: .acquiring)
    var count = 0
    defer { tail.pointee.store(position, ordering: .releasing) }
    while position != end, count < limit {
      let header = data.loadUnaligned(fromByteOffset: Int(position & (size - 1)), as: UInt64.self)
      let type = UInt32(truncatingIfNeeded: header)
      let bytes = header >> 48
      guard bytes >= UInt64(Self.headerSize), bytes & 7 == 0, bytes <= end &- position else {
        position = end
        throw .corruptRingBuffer(map: name)
      }
      if try take(type, at: position, count: Int(bytes), body) { count += 1 }
      position &+= bytes
    }
    return count
  }

  /// True for a record of the program's.
  private func take(
    _ type: UInt32, at position: UInt64, count: Int, _ body: (UnsafeRawBufferPointer) -> Void
  ) throws(BPFError) -> Bool {
    let offset = Int(position & (size - 1))
    let untilEnd = Int(size) - offset
    if count <= untilEnd { return try take(type, UnsafeRawBufferPointer(start: data + offset, count: count), body) }
    whole.removeAll(keepingCapacity: true)
    whole.append(contentsOf: UnsafeRawBufferPointer(start: data + offset, count: untilEnd))
    whole.append(contentsOf: UnsafeRawBufferPointer(start: data, count: count - untilEnd))
    let result = whole.withUnsafeBytes { bytes in
      Result { () throws(BPFError) in try take(type, bytes, body) }
    }
    return try result.get()
  }

  private func take(
    _ type: UInt32, _ record: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void
  ) throws(BPFError) -> Bool {
    switch type {
    case Self.sampleRecord:
      // u32 size, then the bytes.
      guard record.count >= 12 else { throw .corruptRingBuffer(map: name) }
      let length = Int(record.loadUnaligned(fromByteOffset: 8, as: UInt32.self))
      guard length <= record.count - 12 else { throw .corruptRingBuffer(map: name) }
      body(UnsafeRawBufferPointer(rebasing: record[12..<12 + length]))
      return true
    case Self.lostRecord:
      // u64 id, u64 lost.
      guard record.count >= 24 else { throw .corruptRingBuffer(map: name) }
      lost &+= record.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
      return false
    default: return false
    }
  }

  /// The newest records first, of a buffer that is written backward and that stands still meanwhile.
  func snapshot(_ body: (UnsafeRawBufferPointer) -> Void) throws(BPFError) {
    let start = head.pointee.load(ordering: .acquiring)
    var position = start
    while position &- start < size {
      let header = data.loadUnaligned(fromByteOffset: Int(position & (size - 1)), as: UInt64.self)
      let bytes = header >> 48
      // Zeros: never written. A record that the head has run over ends the walk.
      if header == 0 || bytes < UInt64(Self.headerSize) || bytes & 7 != 0 || bytes > size &- (position &- start) {
        return
      }
      _ = try take(UInt32(truncatingIfNeeded: header), at: position, count: Int(bytes), body)
      position &+= bytes
    }
  }

  deinit { _ = kernel.unmap(base, length: length) }
}
