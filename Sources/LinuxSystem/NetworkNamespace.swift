internal import CLinux

/// A network: interfaces, addresses, routes and sockets of its own, for as long as something has it open or lives in it.
///
///     let network = try NetworkNamespace(path: "/run/netns/blue")
///     let index = try network.run { () throws(BPFError) in try NetworkInterface(named: "eth0").index }
public struct NetworkNamespace: ~Copyable, Sendable {
  /// Its owner.
  public let descriptor: OwnedDescriptor
  /// What it is called in messages: the path that it was opened by.
  public let subject: String

  /// Opens a network by path: `/run/netns/NAME` as `ip netns` makes it, or `/proc/PID/ns/net`.
  ///
  /// - Throws: `ENOENT` when there is no such file. Whether it is a network shows when it is used (`EINVAL`).
  public init(path: String) throws(SystemCallError) {
    descriptor = try FileSystem.open(path)
    subject = path
  }

  /// The network of the calling thread.
  public static func current() throws(SystemCallError) -> NetworkNamespace {
    try NetworkNamespace(path: "/proc/thread-self/ns/net")
  }

  /// A new network with nothing but a loopback interface, which is down; needs CAP_SYS_ADMIN.
  public static func make() throws(SystemCallError) -> NetworkNamespace {
    let home = try current()
    try SystemCallError.check(clinux_leave_network(), "unshare(CLONE_NEWNET)", on: "network")
    let made: Result<NetworkNamespace, SystemCallError>
    do throws(SystemCallError) { made = .success(try current()) } catch { made = .failure(error) }
    try home.enter()
    return try made.take()
  }

  /// The number that identifies it among the networks of the machine, as `ls -l /proc/self/ns/net` shows it.
  public func inode() throws(SystemCallError) -> UInt64 { try FileStatus(of: descriptor).inode }

  /// Runs `body` with the calling thread in this network, then takes the thread back to where it was.
  ///
  /// Sockets that `body` opens stay in this network. `body` must not wait for other threads to do the same, for only
  /// the calling thread moves.
  ///
  /// - Throws: `EPERM` without CAP_SYS_ADMIN; `EINVAL` when the file is no network. Should the thread not get back, that
  ///   error is thrown whatever `body` did.
  public func run<R: ~Copyable, Failure: Error>(
    _ body: () throws(Failure) -> R
  ) throws(SystemCallError) -> Result<R, Failure> {
    let home = try Self.current()
    try enter()
    let result: Result<R, Failure>
    do throws(Failure) { result = .success(try body()) } catch { result = .failure(error) }
    try home.enter()
    return result
  }

  private func enter() throws(SystemCallError) {
    let answer = descriptor.withNumber { clinux_enter_network($0) }
    try SystemCallError.check(answer, "setns(CLONE_NEWNET)", on: subject)
  }
}

extension Result where Success: ~Copyable {
  fileprivate consuming func take() throws(Failure) -> Success {
    switch consume self {
    case .success(let value): return value
    case .failure(let error): throw error
    }
  }
}
