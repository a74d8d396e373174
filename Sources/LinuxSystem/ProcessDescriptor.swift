internal import CLinux
internal import Glibc

/// A process as something to wait for (`pidfd_open(2)`, Linux 5.3).
///
/// Where it cannot be opened (`ENOSYS`: an older kernel or a sandbox), ask ``exists(_:)`` from a timer instead.
public struct ProcessDescriptor: ~Copyable, Sendable {
  /// Becomes readable when the process has ended.
  public let descriptor: OwnedDescriptor
  /// The number by which it was opened.
  public let process: Int32

  /// Opens the process with this number, which must be a whole process and not one of its threads.
  ///
  /// - Throws: `ESRCH` when there is none; `EINVAL` for a thread.
  public init(_ process: Int32) throws(SystemCallError) {
    let answer = clinux_process_open(process)
    descriptor = try OwnedDescriptor(
      adopting: SystemCallError.check(answer, "pidfd_open", on: "process \(process)"))
    self.process = process
  }

  /// Whether the process has ended (it may not have been waited for yet).
  public borrowing func hasEnded() throws(SystemCallError) -> Bool {
    let answer = descriptor.withNumber { number in
      var poll = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
      let count = Glibc.poll(&poll, 1, 0)
      return count < 0 ? -errno : count
    }
    if answer == -SystemErrno.interrupted.rawValue { return false }
    return try SystemCallError.check(answer, "poll", on: "process \(process)") > 0
  }

  /// Whether a process of this number exists, be it one that we may not send signals to.
  public static func exists(_ process: Int32) -> Bool {
    process > 0 && (kill(process, 0) == 0 || errno == EPERM)
  }
}
