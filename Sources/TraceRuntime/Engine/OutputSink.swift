import LinuxSystem

/// Takes what an output writer has written to its two destinations, until nobody reads the first one any more.
struct OutputSink {
  private let output: BufferedOutput
  private let messages: BufferedOutput
  /// Whether the reader of the output has gone.
  private(set) var isClosed = false

  init(output: BufferedOutput, messages: BufferedOutput) {
    self.output = output
    self.messages = messages
  }

  /// Writes out and empties the writer's buffers.
  ///
  /// - Throws: the failed write, unless it failed because nobody reads any more.
  mutating func take(_ writer: inout OutputWriter) throws(SystemCallError) {
    if !writer.output.isEmpty {
      defer { writer.output.removeAll() }
      if try !reaches({ () throws(SystemCallError) in try output.write(writer.output.bytes[...]) }) { isClosed = true }
    }
    if !writer.messages.isEmpty {
      defer { writer.messages.removeAll() }
      // Messages that nobody hears are no reason to end.
      try? messages.write(writer.messages.bytes[...])
      try? messages.flush()
    }
  }

  /// Hands on what is still held back.
  mutating func flush() throws(SystemCallError) {
    if try !reaches({ () throws(SystemCallError) in try output.flush() }) { isClosed = true }
    try? messages.flush()
  }

  /// Gives up the output, because its reader has gone.
  mutating func close() { isClosed = true }

  /// Writes unless there is no reader; false when there is none any more.
  private func reaches(_ body: () throws(SystemCallError) -> Void) throws(SystemCallError) -> Bool {
    if isClosed { return true }
    do throws(SystemCallError) {
      try body()
      return true
    } catch {
      guard error.errno == .brokenPipe else { throw error }
      return false
    }
  }
}
