internal import Glibc

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
    try FileSystem.refuseNUL(in: text, "posix_spawn")
    var ends: [CInt] = [-1, -1]
    try SystemCallError.check(pipe(&ends) < 0 ? -errno : 0, "pipe", on: text)
    // pipe2(2) is not among what Swift sees of the C library.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let reading: OwnedDescriptor
    do throws(SystemCallError) {
      reading = try OwnedDescriptor(adopting: ends[0])
    } catch {
      close(ends[1])
      throw error
    }
    let process = try start(outputTo: OwnedDescriptor(adopting: ends[1]))
    defer {
      var status: CInt = 0
      while waitpid(process, &status, 0) < 0, errno == EINTR {}
    }
    return try reading.readToEnd(subject: text)
  }

  /// Starts the shell; the pipe's end is closed here afterwards, for as long as anyone has it reading would not end.
  private func start(outputTo pipe: consuming OwnedDescriptor) throws(SystemCallError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    pipe.withNumber { _ = posix_spawn_file_actions_adddup2(&actions, $0, 1) }
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
    var arguments: [UnsafeMutablePointer<CChar>?] = ["sh", "-c", text].map { (word: String) in strdup(word) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process: pid_t = 0
    let answer = posix_spawn(&process, "/bin/sh", &actions, &attributes, &arguments, environ)
    try SystemCallError.check(-answer, "posix_spawn", on: "/bin/sh")
    return process
  }
}
