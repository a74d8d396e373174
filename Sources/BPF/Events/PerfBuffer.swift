public import KernelInterface
public import LinuxSystem

/// Reads what programs write with `bpf_perf_event_output` into a perf event array: one buffer for each CPU.
///
/// Records of one CPU come in their order; between CPUs there is none. What did not fit was counted by the kernel:
/// ``lostCount``. On kernels with ring buffers (5.8) a ``RingBuffer`` is better in all respects.
///
///     let events = try PerfBuffer(map)
///     for try await event in events.events(of: OpenEvent.self) { … }
///
/// *First kernel*: 4.4.
public final class PerfBuffer: EventSource {
  /// How the buffers are made.
  public struct Options: Hashable, Sendable {
    /// Pages of each CPU's buffer; a power of two.
    public var pagesPerCPU: Int
    /// When a waiting reader is woken.
    public var wakeup: PerfWakeup
    /// The CPUs to read from; nil for all that are online.
    public var cpus: [Int]?

    /// 64 pages for each CPU, and a wake-up for each record.
    public init(pagesPerCPU: Int = 64, wakeup: PerfWakeup = .records(1), cpus: [Int]? = nil) {
      self.pagesPerCPU = pagesPerCPU
      self.wakeup = wakeup
      self.cpus = cpus
    }
  }

  /// The map that programs name.
  public let map: Map
  private let buffers: [PerfCPUBuffer]

  /// Records that the kernel could not write because a buffer was full, as far as the reader has come.
  public var lostCount: UInt64 { buffers.reduce(0) { $0 &+ $1.lost } }

  /// Records lost on each CPU.
  public var lostCounts: [(cpu: Int, count: UInt64)] { buffers.map { ($0.cpu, $0.lost) } }

  /// Opens a buffer for each CPU and puts it into the map.
  ///
  /// - Throws: ``BPFError/wrongMapType(map:_:)``; ``BPFError/systemCall(_:)`` with `EPERM` without CAP_PERFMON,
  ///   `ENOMEM` or `EPERM` when the buffers are more than may be locked, `ENODEV` for a CPU that is not online, `E2BIG`
  ///   when the map has fewer places than there are CPUs.
  public init(_ map: Map, _ options: Options = Options()) throws(BPFError) {
    guard map.spec.type == .perfEventArray else { throw .wrongMapType(map: map.spec.name, map.spec.type) }
    var buffers: [PerfCPUBuffer] = []
    do throws(SystemCallError) {
      let cpus: [Int]
      if let chosen = options.cpus { cpus = chosen } else { cpus = try CPUList.online().cpus }
      for cpu in cpus {
        let event = PerfEvent.programOutput(options.wakeup, isBackward: false)
        buffers.append(
          try PerfCPUBuffer(
            cpu: cpu, event, pages: options.pagesPerCPU, isWritable: true, name: map.spec.name, kernel: map.kernel))
      }
      for buffer in buffers { try buffer.install(in: map) }
    } catch { throw .systemCall(error) }
    self.map = map
    self.buffers = buffers
  }

  /// The map's name.
  public var name: String { map.spec.name }

  /// Adds the event of each CPU.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``.
  public func watch(with epoll: borrowing Epoll, token: UInt64) throws(BPFError) {
    do throws(SystemCallError) {
      for buffer in buffers { try epoll.add(buffer.event, token: token, for: [.readable, .edgeTriggered]) }
    } catch { throw .systemCall(error) }
  }

  /// Adds the event of each CPU.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``.
  public func watch(with watch: ReadinessWatch) throws(BPFError) {
    do throws(SystemCallError) {
      for buffer in buffers { try watch.add(buffer.event) }
    } catch { throw .systemCall(error) }
  }

  /// Calls `body` with each record, CPU by CPU, at most `limit` of them.
  ///
  /// The kernel pads a record to a length of 4 more than a multiple of 8, so up to 7 bytes of zeros may follow what the
  /// program wrote.
  ///
  /// - Throws: nothing; the signature is ``EventSource``'s.
  @discardableResult
  public func consume(
    limit: Int = .max, _ body: (UnsafeRawBufferPointer) -> Void
  ) throws(BPFError) -> Int {
    try consume(limit: limit) { _, bytes in body(bytes) }
  }

  /// Calls `body` with each record and the CPU on which it was written.
  ///
  /// - Throws: nothing; the signature is ``EventSource``'s.
  @discardableResult
  public func consume(
    limit: Int = .max, _ body: (_ cpu: Int, UnsafeRawBufferPointer) -> Void
  ) throws(BPFError) -> Int {
    var count = 0
    for buffer in buffers where count < limit {
      count += try buffer.consume(limit: limit - count) { body(buffer.cpu, $0) }
    }
    return count
  }
}
