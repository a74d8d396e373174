internal import CLinux

/// A command line for `/bin/sh`, run to its end.
///
/// The command has our standard input and error stream; its signal mask is empty and SIGPIPE has its default action,
/// whatever ours are.
public struct ShellCommand: Hashable, Sendable {
  /// The command line.
  public let text: String

  /// A command line.
  public init(_ text: String) { self.text = text }

  /// Runs the command and waits for it; the answer is what it has written to its standard output.
  ///
  /// How the command ended does not matter.
  ///
  /// - Throws: `EMFILE` and its like when there is no pipe, `EAGAIN` when there is no process, `ENOENT` without a shell.
  public func output() throws(SystemCallError) -> [UInt8] {
    let pipe = try Pipe(subject: text)
    var streams = SpawnedProcess.Streams()
    streams.connect(pipe.writing, to: 1)
    let shell = try SpawnedProcess("/bin/sh", ["sh", "-c", text], streams)
    // For as long as anyone has the end that writes, reading would not end.
    let reading = pipe.closeWriting()
    let output = Result { () throws(SystemCallError) in try reading.readToEnd(subject: text) }
    _ = try? shell.wait()
    return try output.get()
  }
}
