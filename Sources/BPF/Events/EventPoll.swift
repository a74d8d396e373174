internal import LinuxSystem

/// The plain way to read events: waits for any of some buffers and calls a function for each record.
///
///     let poll = try EventPoll()
///     try poll.add(opened) { print("opened", $0.count) }
///     try poll.add(closed) { print("closed", $0.count) }
///     while running { try poll.wait(milliseconds: 100) }
///
/// Not for use from several threads at once. ``EventStream`` is the asynchronous way.
public final class EventPoll {
  private struct Entry {
    let source: any EventSource
    let body: (UnsafeRawBufferPointer) -> Void
  }

  private let epoll: Epoll
  private var entries: [Entry] = []

  /// Waits for nothing yet.
  ///
  /// - Throws: ``BPFError/systemCall(_:)`` when no more descriptors can be opened.
  public init() throws(BPFError) {
    epoll = try BPFError.wrap { () throws(SystemCallError) in try Epoll() }
  }

  /// Adds a buffer, whose records go to `body` from now on.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``.
  public func add(_ source: some EventSource, _ body: @escaping (UnsafeRawBufferPointer) -> Void) throws(BPFError) {
    try source.watch(with: epoll, token: UInt64(entries.count))
    entries.append(Entry(source: source, body: body))
  }

  /// Waits until a buffer has records, at most `milliseconds` (nil: for ever), and consumes them.
  ///
  /// A signal ends the wait too. Answers how many records there were.
  ///
  /// - Throws: what reading a buffer throws, such as ``BPFError/corruptRingBuffer(map:)``.
  @discardableResult
  public func wait(milliseconds: Int? = nil) throws(BPFError) -> Int {
    let ready: [Epoll.Ready]
    do throws(SystemCallError) { ready = try epoll.wait(milliseconds: milliseconds) } catch { throw .systemCall(error) }
    var count = 0
    for report in ready {
      guard let index = Int(exactly: report.token), entries.indices.contains(index) else { continue }
      count += try entries[index].source.consume(limit: .max, entries[index].body)
    }
    return count
  }

  /// Consumes what is there in any buffer, without waiting.
  ///
  /// - Throws: as ``wait(milliseconds:)``.
  @discardableResult
  public func consume() throws(BPFError) -> Int {
    var count = 0
    for entry in entries { count += try entry.source.consume(limit: .max, entry.body) }
    return count
  }
}
