internal import Glibc

/// A program that reads all of its standard input, then writes an answer to its standard output and ends.
///
/// Its error stream is ours; its signal mask is empty and SIGPIPE has its default action.
public struct FilterCommand: Hashable, Sendable {
  /// The program's path or its name along PATH, and its arguments.
  public let words: [String]

  /// A program with its arguments.
  public init(_ words: [String]) { self.words = words }

  /// Runs the program on `input`; the answer is what it wrote, and the status with which it ended.
  ///
  /// - Throws: `ENOENT` or `EACCES` when there is no such program; `EPIPE` when it does not read its input.
  public func output(for input: [UInt8]) throws(SystemCallError) -> (output: [UInt8], status: Int32) {
    guard let command = words.first else {
      throw SystemCallError(call: "execve", subject: "", errno: .noSuchFileOrDirectory)
    }
    for word in words { try FileSystem.refuseNUL(in: word, "posix_spawn") }
    let path = try ExecutableSearch.locate(command)
    let (inputReading, inputWriting) = try Self.pipe(for: command)
    let (outputReading, outputWriting) = try Self.pipe(for: command)
    let process = try start(path, input: inputReading.take(), output: outputWriting.take())
    let result = Result { () throws(SystemCallError) in
      try inputWriting.take().writeAll(input, subject: "the input of \(command)")
      return try outputReading.take().readToEnd(subject: "the output of \(command)")
    }
    var status: CInt = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    // What WEXITSTATUS means: Swift does not see the macro.
    return (try result.get(), status & 0x7f == 0 ? status >> 8 & 0xff : 128 + status & 0x7f)
  }

  /// An end of a pipe that is closed when it has been taken and used.
  private final class PipeEnd {
    private var descriptor: OwnedDescriptor?

    init(_ number: CInt) throws(SystemCallError) { descriptor = try OwnedDescriptor(adopting: number) }

    func take() throws(SystemCallError) -> OwnedDescriptor {
      guard let taken = descriptor.take() else {
        throw SystemCallError(call: "pipe", subject: "an end that was used", errno: .badFileDescriptor)
      }
      return taken
    }
  }

  private static func pipe(for command: String) throws(SystemCallError) -> (reading: PipeEnd, writing: PipeEnd) {
    var ends: [CInt] = [-1, -1]
    try SystemCallError.check(Glibc.pipe(&ends) < 0 ? -errno : 0, "pipe", on: command)
    // pipe2(2) is not among what Swift sees of the C library.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let reading: PipeEnd
    do throws(SystemCallError) { reading = try PipeEnd(ends[0]) } catch {
      close(ends[1])
      throw error
    }
    return (reading, try PipeEnd(ends[1]))
  }

  /// Starts the program; the ends that it has are closed here afterwards.
  private func start(
    _ path: String, input: consuming OwnedDescriptor, output: consuming OwnedDescriptor
  ) throws(SystemCallError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    input.withNumber { _ = posix_spawn_file_actions_adddup2(&actions, $0, 0) }
    output.withNumber { _ = posix_spawn_file_actions_adddup2(&actions, $0, 1) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    var defaults = sigset_t()
    sigemptyset(&defaults)
    sigaddset(&defaults, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { (word: String) in strdup(word) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process: pid_t = 0
    let answer = posix_spawn(&process, path, &actions, &attributes, &arguments, environ)
    try SystemCallError.check(-answer, "posix_spawn", on: path)
    return process
  }
}

extension OwnedDescriptor {
  /// Writes bytes and closes.
  fileprivate consuming func writeAll(_ bytes: [UInt8], subject: String) throws(SystemCallError) {
    let result: Result<Void, SystemCallError> = bytes.withUnsafeBytes { bytes in
      Result { () throws(SystemCallError) in try write(bytes, subject: subject) }
    }
    try result.get()
  }
}
