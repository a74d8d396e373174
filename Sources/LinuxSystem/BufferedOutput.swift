internal import CLinux

/// Text and bytes on their way to a descriptor, in few calls.
///
/// Not for use by several threads at once. What is left in the buffer when the object goes away is written then, and
/// an error of that last write is lost: call ``flush()`` first.
public final class BufferedOutput {
  /// When what has been written leaves the buffer.
  public enum Buffering: Sendable {
    /// At the end of each line.
    case line
    /// When the buffer is full.
    case full
    /// At each write.
    case none
  }

  private let descriptor: OwnedDescriptor
  private let subject: String
  private var buffer: [UInt8] = []
  private var flushedCount = 0
  private let capacity: Int
  /// When what has been written leaves the buffer.
  public let buffering: Buffering
  /// How many bytes have been written, those in the buffer among them.
  public var byteCount: Int { flushedCount + buffer.count }

  /// A writer over a descriptor; `subject` names it in errors.
  public init(
    _ descriptor: consuming OwnedDescriptor, subject: String, buffering: Buffering, capacity: Int = 64 * 1024
  ) {
    self.descriptor = descriptor
    self.subject = subject
    self.buffering = buffering
    self.capacity = max(1, capacity)
    buffer.reserveCapacity(self.capacity)
  }

  /// The standard output, or the standard error stream; by lines on a terminal and full otherwise unless told.
  public convenience init(_ stream: StandardStream, buffering: Buffering? = nil) throws(SystemCallError) {
    self.init(
      try stream.duplicate(), subject: "standard \(stream)", buffering: buffering ?? (stream.isTerminal ? .line : .full)
    )
  }

  /// - Throws: `EPIPE` when nobody reads any more. SIGPIPE must be ignored (``Signal/ignore(_:)``), else it ends the
  ///   process first.
  public func write(_ text: String) throws(SystemCallError) {
    let start = buffer.count
    buffer.append(contentsOf: text.utf8)
    try leave(from: start)
  }

  /// Writes bytes as they are.
  public func write(_ bytes: UnsafeRawBufferPointer) throws(SystemCallError) {
    let start = buffer.count
    buffer.append(contentsOf: bytes)
    try leave(from: start)
  }

  /// Writes bytes as they are.
  public func write(_ bytes: ArraySlice<UInt8>) throws(SystemCallError) {
    let start = buffer.count
    buffer.append(contentsOf: bytes)
    try leave(from: start)
  }

  private func leave(from start: Int) throws(SystemCallError) {
    switch buffering {
    case .none: try flush()
    case .line: if buffer.count >= capacity || buffer[start...].contains(UInt8(ascii: "\n")) { try flush() }
    case .full: if buffer.count >= capacity { try flush() }
    }
  }

  /// Writes out what is in the buffer.
  ///
  /// After an error the buffer is empty: nothing is written twice.
  public func flush() throws(SystemCallError) {
    if buffer.isEmpty { return }
    defer {
      flushedCount += buffer.count
      buffer.removeAll(keepingCapacity: true)
    }
    // Array's closure rethrows untyped errors only, hence the result.
    let result: Result<Void, SystemCallError> = buffer.withUnsafeBytes { bytes in
      do throws(SystemCallError) {
        return .success(try descriptor.write(bytes, subject: subject))
      } catch {
        return .failure(error)
      }
    }
    try result.get()
  }

  deinit { try? flush() }
}
