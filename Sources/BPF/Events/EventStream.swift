internal import LinuxSystem

/// The records of a ring or perf buffer as an asynchronous sequence.
///
///     for try await event in try ring.events(of: ExecEvent.self) {
///       print(event.pid)
///     }
///
/// The sequence never ends by itself; it ends when its task is cancelled. Records are taken out of the buffer as the
/// loop asks for them, a batch at a time and in their order: a slow loop lets the buffer fill, and then the program's
/// writes fail, which the program or ``PerfBuffer/lostCount`` counts. Nothing is dropped on this side.
///
/// One loop at a time reads a buffer.
public struct EventStream<Element>: AsyncSequence {
  /// Taken from the buffer at once.
  static var batch: Int { 64 }

  let source: any EventSource
  let decode: (UnsafeRawBufferPointer) throws(BPFError) -> Element?

  /// Where a loop stands in the stream.
  public struct AsyncIterator: AsyncIteratorProtocol {
    private let source: any EventSource
    private let decode: (UnsafeRawBufferPointer) throws(BPFError) -> Element?
    private var watch: ReadinessWatch?
    private var batch: [Result<Element, BPFError>] = []
    private var position = 0

    init(_ stream: EventStream) {
      source = stream.source
      decode = stream.decode
    }

    /// The next record; nil when the task has been cancelled.
    ///
    /// - Throws: ``BPFError``, after which the loop may ask for the records that follow.
    public mutating func next(isolation actor: isolated (any Actor)? = #isolation) async throws(BPFError) -> Element? {
      while true {
        if position < batch.count {
          position += 1
          return try batch[position - 1].get()
        }
        if Task.isCancelled { return nil }
        batch.removeAll(keepingCapacity: true)
        position = 0
        let (decode, limit) = (decode, EventStream.batch)
        var decoded: [Result<Element, BPFError>] = []
        swap(&decoded, &batch)
        let count = try source.consume(limit: limit) { bytes in
          do throws(BPFError) {
            if let element = try decode(bytes) { decoded.append(.success(element)) }
          } catch { decoded.append(.failure(error)) }
        }
        swap(&decoded, &batch)
        if count == 0 { try await wait() }
      }
    }

    /// The next record.
    ///
    /// - Throws: ``BPFError/systemCall(_:)`` when waiting fails; ``BPFError/corruptRingBuffer(map:)``.
    public mutating func next() async throws(BPFError) -> Element? { try await next(isolation: nil) }

    private mutating nonisolated(nonsending) func wait() async throws(BPFError) {
      if let watch { return await watch.wait() }
      // The watch reports what is there already, so nothing that came since the last look is missed.
      let started: ReadinessWatch
      do throws(SystemCallError) { started = try ReadinessWatch() } catch { throw .systemCall(error) }
      try source.watch(with: started)
      watch = started
    }
  }

  /// Begins to read.
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(self) }
}

extension EventSource {
  /// The records, each made a value by `decode`; those for which it answers nil are left out.
  public func events<Element>(
    _ decode: @escaping (UnsafeRawBufferPointer) throws(BPFError) -> Element?
  ) -> EventStream<Element> {
    EventStream(source: self, decode: decode)
  }

  /// The records as values of a type whose layout the program shares.
  ///
  /// A record that is shorter than the type is an error of the loop; what a record has beyond it is ignored.
  public func events<Event: BitwiseCopyable>(of type: Event.Type) -> EventStream<Event> {
    let name = name
    return events { bytes throws(BPFError) in try Self.decode(bytes, as: type, of: name) }
  }
}
