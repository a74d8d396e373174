public import LinuxSystem
internal import Synchronization

/// The records of what all processes map, execute and fork, from now on: one buffer for each CPU.
///
/// With them the code of a process that is long gone can still be named. One thread reads.
///
/// Order of accesses: the comment at `struct perf_event_mmap_page` in `include/uapi/linux/perf_event.h`.
///
/// *First kernel*: 3.16.
public final class ProcessRecords {
  private let buffers: [Buffer]

  /// Pages of a buffer, a power of two: records of some thousand mappings.
  private static let pages = 32

  /// Begins recording on these CPUs.
  ///
  /// - Throws: `EACCES` or `EPERM` without CAP_PERFMON; `EPERM` also when a process may lock no more memory.
  public init(cpus: [Int], kernel: any KernelCalls) throws(SystemCallError) {
    var buffers: [Buffer] = []
    for cpu in cpus { buffers.append(try Buffer(cpu: cpu, pages: Self.pages, kernel: kernel)) }
    self.buffers = buffers
  }

  /// Lets an epoll instance report with `token` when a quarter of a buffer is full.
  public func watch(with epoll: borrowing Epoll, token: UInt64) throws(SystemCallError) {
    for buffer in buffers { try epoll.add(buffer.event, token: token) }
  }

  /// Calls `body` with each record that has not been read; those of one CPU in their order.
  public func consume(_ body: (ProcessRecord) -> Void) {
    for buffer in buffers { buffer.consume(body) }
  }

  /// The buffer of one CPU.
  private final class Buffer {
    let event: OwnedDescriptor
    private let kernel: any KernelCalls
    private let base: UnsafeMutableRawPointer
    private let length: Int
    private let pageSize: Int
    private let dataSize: Int

    init(cpu: Int, pages: Int, kernel: any KernelCalls) throws(SystemCallError) {
      let event = try kernel.openProcessRecords(cpu: cpu, watermark: UInt32(pages * MemoryPage.size / 4))
      let pageSize = MemoryPage.size
      let length = pageSize * (pages + 1)
      var address: UnsafeMutableRawPointer?
      let answer = event.withNumber {
        kernel.map(&address, length: length, .readWrite, fixed: false, of: $0, offset: 0)
      }
      try SystemCallError.check(answer, "mmap", on: "perf event")
      guard let address else { throw SystemCallError(call: "mmap", subject: "perf event", errno: .noMemory) }
      base = address
      self.length = length
      self.pageSize = pageSize
      dataSize = length - pageSize
      self.kernel = kernel
      self.event = event
    }

    /// `data_head` and `data_tail` of the first page.
    private func position(at offset: Int) -> UnsafeMutablePointer<Atomic<UInt64>> {
      (base + offset).assumingMemoryBound(to: Atomic<UInt64>.self)
    }

    func consume(_ body: (ProcessRecord) -> Void) {
      let head = position(at: 1024).pointee.load(ordering: .acquiring)
      var tail = position(at: 1032).pointee.load(ordering: .relaxed)
      defer { position(at: 1032).pointee.store(head, ordering: .releasing) }
      while head &- tail >= 8 {
        let header = copy(at: tail, count: 8)
        let size = Int(header[6]) | Int(header[7]) << 8
        // A record that cannot be: nothing behind it can be found either.
        guard size >= 8, UInt64(size) <= head &- tail else { return }
        if let record = ProcessRecord(copy(at: tail, count: size)) { body(record) }
        tail &+= UInt64(size)
      }
    }

    /// Bytes of the data, which wraps around at its end.
    private func copy(at position: UInt64, count: Int) -> [UInt8] {
      let data = UnsafeRawBufferPointer(start: base + pageSize, count: dataSize)
      let start = Int(position % UInt64(dataSize))
      let first = min(count, dataSize - start)
      return Array(data[start..<(start + first)]) + Array(data[0..<(count - first)])
    }

    deinit { _ = kernel.unmap(base, length: length) }
  }
}

extension KernelCalls {
  /// An event that only carries records of processes, and wakes its reader when `watermark` bytes are there.
  fileprivate func openProcessRecords(cpu: Int, watermark: UInt32) throws(SystemCallError) -> OwnedDescriptor {
    var attribute = PerfEventAttribute(type: 1, config: SoftwareEvent.dummy.rawValue)  // PERF_TYPE_SOFTWARE
    // The flags mmap (8), comm (9), task (13), watermark (14), mmap2 (23) and comm_exec (24).
    let flags: [UInt64] = [8, 9, 13, 14, 23, 24]
    attribute.set(flags.reduce(UInt64(0)) { $0 | 1 << $1 }, at: 40)
    attribute.set(watermark, at: 48)  // wakeup_watermark
    let answer = openPerfEvent(&attribute, process: -1, cpu: CInt(clamping: cpu))
    return try OwnedDescriptor(
      adopting: SystemCallError.check(answer, "perf_event_open", on: "records of processes on CPU \(cpu)"))
  }
}
