internal import CLinux
internal import Glibc

/// A command run to its end, with its streams in memory.
///
/// No file has a name that could be left behind, and no pipe can fill up: input, output and errors are files in memory.
/// The child's signal mask is empty and SIGPIPE has its default action, whatever ours are.
public struct CommandRun: Hashable, Sendable {
  /// The program, sought along PATH unless it has a slash, and its arguments.
  public var words: [String]
  /// What the command reads from its standard input.
  public var input: [UInt8]

  /// What came of it.
  public struct Outcome: Hashable, Sendable {
    /// How it ended.
    public var ending: ChildProcess.Ending
    /// What it wrote to its standard output.
    public var output: [UInt8]
    /// What it wrote to its standard error stream.
    public var errors: [UInt8]
    /// From its start to its end.
    public var nanoseconds: Int64

    /// Whether it exited with status 0.
    public var isSuccess: Bool { ending == .exited(status: 0) }
  }

  /// A command with what it reads.
  public init(_ words: [String], input: [UInt8] = []) {
    self.words = words
    self.input = input
  }

  /// Runs the command and waits for it.
  ///
  /// - Throws: `ENOENT` or `EACCES` when there is no such program; `EMFILE`, `ENOMEM` or `EAGAIN` when there is no room.
  public func outcome() throws(SystemCallError) -> Outcome {
    guard let command = words.first else {
      throw SystemCallError(call: "posix_spawn", subject: "", errno: .noSuchFileOrDirectory)
    }
    let path = try ExecutableSearch.locate(command)
    let reading = try Self.memoryFile("input of \(command)")
    let output = try Self.memoryFile("output of \(command)")
    let errors = try Self.memoryFile("errors of \(command)")
    if !input.isEmpty {
      let result: Result<Void, SystemCallError> = input.withUnsafeBytes { bytes in
        do throws(SystemCallError) {
          return .success(try reading.write(bytes, subject: "input of \(command)"))
        } catch {
          return .failure(error)
        }
      }
      try result.get()
      reading.withNumber { _ = lseek($0, 0, SEEK_SET) }
    }
    let start = SystemClock.monotonic.nanoseconds
    var streams = SpawnedProcess.Streams()
    streams.connect(reading, to: 0)
    streams.connect(output, to: 1)
    streams.connect(errors, to: 2)
    let ending = try SpawnedProcess(path, words, streams).wait()
    let end = SystemClock.monotonic.nanoseconds
    return Outcome(
      ending: ending, output: try Self.contents(output), errors: try Self.contents(errors), nanoseconds: end &- start)
  }

  private static func memoryFile(_ name: String) throws(SystemCallError) -> OwnedDescriptor {
    try OwnedDescriptor(adopting: SystemCallError.check(clinux_memory_file("swift-bpf"), "memfd_create", on: name))
  }

  private static func contents(_ file: borrowing OwnedDescriptor) throws(SystemCallError) -> [UInt8] {
    file.withNumber { _ = lseek($0, 0, SEEK_SET) }
    return try file.readToEnd(subject: "a file in memory")
  }
}
