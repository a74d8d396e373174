internal import CLinux
internal import Glibc

/// A program that was started and not waited for yet.
///
/// Its signal mask is empty and SIGPIPE has its default action, whatever ours are.
struct SpawnedProcess: ~Copyable {
  /// What becomes of the three standard streams; one that is not named is ours.
  struct Streams: ~Copyable {
    fileprivate var actions = posix_spawn_file_actions_t()

    init() { posix_spawn_file_actions_init(&actions) }

    /// Makes a descriptor the standard stream of that number; it must be open when the program is started.
    mutating func connect(_ descriptor: borrowing OwnedDescriptor, to stream: CInt) {
      descriptor.withNumber { _ = posix_spawn_file_actions_adddup2(&actions, $0, stream) }
    }

    deinit {
      var actions = actions
      posix_spawn_file_actions_destroy(&actions)
    }
  }

  private let process: pid_t

  /// Starts the program at `path` with `words`, of which the first is its own name.
  ///
  /// - Throws: what `posix_spawn(3)` answers, such as `EAGAIN` when there is no room for a process.
  init(_ path: String, _ words: [String], _ streams: borrowing Streams) throws(SystemCallError) {
    for word in words { try FileSystem.refuseNUL(in: word, "posix_spawn") }
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
    let answer = withUnsafePointer(to: streams.actions) {
      posix_spawn(&process, path, $0, &attributes, &arguments, environ)
    }
    try SystemCallError.check(-answer, "posix_spawn", on: path)
    self.process = process
  }

  /// Waits until it ends.
  ///
  /// - Throws: `ECHILD` when SIGCHLD is ignored, so that ended children leave nothing to wait for.
  consuming func wait() throws(SystemCallError) -> ChildProcess.Ending {
    while true {
      var status: CInt = 0
      try SystemCallError.check(clinux_wait(process, 0, &status), "waitpid", on: "process \(process)")
      if let ending = ChildProcess.Ending(status: status) { return ending }
    }
  }
}
