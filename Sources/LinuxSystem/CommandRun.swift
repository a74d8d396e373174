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
    for word in words { try FileSystem.refuseNUL(in: word, "posix_spawn") }
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
    let process = try spawn(path, reading, output, errors)
    var status: CInt = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let end = SystemClock.monotonic.nanoseconds
    var value: CInt = 0
    let ending: ChildProcess.Ending =
      clinux_wait_kind(status, &value) == 2 ? .killed(by: Signal(rawValue: value)) : .exited(status: value)
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

  private func spawn(
    _ path: String, _ input: borrowing OwnedDescriptor, _ output: borrowing OwnedDescriptor,
    _ errors: borrowing OwnedDescriptor
  ) throws(SystemCallError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    input.withNumber { _ = posix_spawn_file_actions_adddup2(&actions, $0, 0) }
    output.withNumber { _ = posix_spawn_file_actions_adddup2(&actions, $0, 1) }
    errors.withNumber { _ = posix_spawn_file_actions_adddup2(&actions, $0, 2) }
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
