internal import LinuxSystem

/// The standard output and error of the command, for what it says itself.
///
/// Nobody is left to hear of a failure to write here, and each text is short: failures are passed over.
struct Console {
  func write(_ text: String) { Self.write(text, to: .output) }

  func complain(_ text: String) { Self.write(text, to: .error) }

  private static func write(_ text: String, to stream: StandardStream) {
    guard !text.isEmpty, let output = try? BufferedOutput(stream, buffering: .full) else { return }
    try? output.write(text)
    try? output.flush()
  }
}
