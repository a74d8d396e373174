internal import CLinux
internal import Glibc

/// A command that exists already and runs when it is let go, so that probes can be attached before its first step.
///
/// The child is a fork that waits on a pipe; its signal mask and dispositions are the default ones, its standard
/// streams are ours. When the thread that made it ends, the kernel sends it SIGTERM. A child that was never released
/// leaves when this object goes away, and is reaped; one that runs is left to run.
public final class ChildProcess {
  /// How a child ended.
  public enum Ending: Hashable, Sendable, CustomStringConvertible {
    case exited(status: Int32)
    case killed(by: Signal)

    /// Such as `ended with status 1`.
    public var description: String {
      switch self {
      case .exited(let status): "ended with status \(status)"
      case .killed(let signal): "was killed by \(signal)"
      }
    }

    /// What a status of `waitpid(2)` says; nil when that is not an end.
    init?(status: CInt) {
      var value: CInt = 0
      switch clinux_wait_kind(status, &value) {
      case 1: self = .exited(status: value)
      case 2: self = .killed(by: Signal(rawValue: value))
      default: return nil
      }
    }
  }

  /// The number of the child, which stays its own until it has been waited for.
  public let process: Int32
  /// The words of the command, for messages.
  public let words: [String]
  private var releasePipe: OwnedDescriptor?
  private let failurePipe: OwnedDescriptor
  private var ending: Ending?

  /// Makes the child, which waits.
  ///
  /// `words` is the program, sought along PATH, and its arguments.
  ///
  /// - Throws: `ENOENT` or `EACCES` when there is no such program; `EAGAIN` when no process can be made.
  public init(_ words: [String]) throws(SystemCallError) {
    guard let command = words.first else {
      throw SystemCallError(call: "execve", subject: "", errno: .noSuchFileOrDirectory)
    }
    for word in words { try FileSystem.refuseNUL(in: word, "execve") }
    let path = try ExecutableSearch.locate(command)
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    arguments.append(nil)
    defer { for argument in arguments { free(argument) } }
    var child = clinux_held_child()
    try SystemCallError.check(clinux_spawn_held(path, &arguments, &child), "fork", on: command)
    do throws(SystemCallError) {
      let failure: OwnedDescriptor
      do throws(SystemCallError) {
        failure = try OwnedDescriptor(adopting: child.failure)
      } catch {
        _ = clinux_close(child.release)
        throw error
      }
      releasePipe = try OwnedDescriptor(adopting: child.release)
      failurePipe = failure
    } catch {
      // The pipe that held it is closed by now, so the child leaves.
      var status: CInt = 0
      _ = clinux_wait(child.pid, 0, &status)
      throw error
    }
    process = child.pid
    self.words = words
  }

  /// Lets the child become its program, and waits until it has.
  ///
  /// - Throws: the error of `execve(2)`, such as `ENOEXEC` for a file that is no program.
  public func release() throws(SystemCallError) {
    guard let pipe = releasePipe.take() else { return }
    try pipe.withNumber { number throws(SystemCallError) in
      var byte: UInt8 = 1
      try SystemCallError.check(clinux_write(number, &byte, 1), "write", on: "the pipe that holds \(words[0])")
    }
    var failure: CInt = 0
    let count = failurePipe.withNumber { number in
      withUnsafeMutableBytes(of: &failure) { clinux_read(number, $0.baseAddress, $0.count) }
    }
    if try SystemCallError.check(count, "read", on: "the pipe of \(words[0])") == MemoryLayout<CInt>.size {
      throw SystemCallError(call: "execve", subject: words[0], errno: SystemErrno(rawValue: failure))
    }
  }

  /// Sends a signal to the child unless it has been waited for, for then its number may be another's.
  public func send(_ signal: Signal) throws(SystemCallError) {
    if ending == nil { try signal.send(to: process) }
  }

  /// How the child ended, nil while it runs; never blocks.
  public func endingIfEnded() throws(SystemCallError) -> Ending? { try reap(WNOHANG) }

  /// Waits until the child ends.
  public func wait() throws(SystemCallError) -> Ending {
    while true {
      if let ending = try reap(0) { return ending }
    }
  }

  private func reap(_ flags: CInt) throws(SystemCallError) -> Ending? {
    if let ending { return ending }
    var status: CInt = 0
    if try SystemCallError.check(clinux_wait(process, flags, &status), "waitpid", on: "process \(process)") == 0 {
      return nil
    }
    ending = Ending(status: status)
    return ending
  }

  deinit {
    if ending == nil, releasePipe.take() != nil {
      var status: CInt = 0
      _ = clinux_wait(process, 0, &status)
    }
  }
}
