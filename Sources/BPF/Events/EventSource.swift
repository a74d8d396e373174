public import LinuxSystem

/// A buffer between programs and this process: a ``RingBuffer`` or a ``PerfBuffer``.
///
/// Records stay in the buffer until they are consumed, so a reader that is slow holds up nobody and loses nothing of
/// what was written; what no longer fits is lost on the writers' side.
public protocol EventSource: AnyObject {
  /// The map's name, for messages.
  var name: String { get }

  /// Adds what becomes readable to `epoll`; only news are reported.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``.
  func watch(with epoll: borrowing Epoll, token: UInt64) throws(BPFError)

  /// Adds what becomes readable to `watch`.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``.
  func watch(with watch: ReadinessWatch) throws(BPFError)

  /// Calls `body` with each record that is complete, at most `limit` of them, and answers how many there were.
  ///
  /// The bytes live until `body` returns.
  ///
  /// - Throws: ``BPFError/corruptRingBuffer(map:)`` or ``BPFError/systemCall(_:)``.
  @discardableResult
  func consume(limit: Int, _ body: (UnsafeRawBufferPointer) -> Void) throws(BPFError) -> Int
}

extension EventSource {
  /// Reads one record as a value: the record's first bytes, laid out as Swift and C agree on.
  ///
  /// - Throws: ``BPFError/wrongSize(map:expected:given:)`` for a record that is shorter than the type.
  static func decode<Event: BitwiseCopyable>(
    _ bytes: UnsafeRawBufferPointer, as type: Event.Type, of map: String
  ) throws(BPFError) -> Event {
    guard bytes.count >= MemoryLayout<Event>.size else {
      throw .wrongSize(map: map, expected: MemoryLayout<Event>.size, given: bytes.count)
    }
    return bytes.loadUnaligned(as: type)
  }
}
