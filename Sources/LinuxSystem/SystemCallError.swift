/// A system call that failed: which one, on what, and why.
public struct SystemCallError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The call as the manual names it, with its command: "openat", "bpf(BPF_MAP_CREATE)".
  public var call: String
  /// What it was asked to work on: a path, a map's name, a process id.
  public var subject: String
  /// Why it failed.
  public var errno: SystemErrno

  /// An error from its three facts.
  public init(call: String, subject: String, errno: SystemErrno) {
    self.call = call
    self.subject = subject
    self.errno = errno
  }

  /// "openat /etc/shadow: Permission denied (EACCES)".
  public var description: String { "\(call) \(subject): \(errno)" }

  /// Passes a result through; a negative one is an error number and becomes the error.
  @discardableResult
  public static func check<Answer: SignedInteger & FixedWidthInteger>(
    _ answer: Answer, _ call: @autoclosure () -> String, on subject: @autoclosure () -> String
  ) throws(SystemCallError) -> Answer {
    if answer >= 0 { return answer }
    throw SystemCallError(
      call: call(), subject: subject(), errno: SystemErrno(rawValue: CInt(truncatingIfNeeded: 0 &- answer)))
  }
}
