internal import KernelInterface
internal import LinuxSystem

extension Program {
  /// Puts a socket filter on a socket, in the place of one that is there.
  ///
  /// It stays until the socket is closed or ``detach(fromSocket:)``.
  ///
  /// *First kernel*: 3.19.
  ///
  /// - Parameter socket: the socket's descriptor, which is only lent.
  /// - Throws: ``BPFError/attachRefused(_:)``.
  public func attach(toSocket socket: CInt) throws(BPFError) {
    try require([.socketFilter], for: "socket \(socket)")
    try set(.attachFilter, socket)
  }

  /// Lets the program choose among the sockets that share a socket's port (`SO_REUSEPORT`).
  ///
  /// It stays until the last socket of the group is closed or ``detach(fromReusePortGroupOf:)``.
  ///
  /// *First kernel*: 4.5 for socket filters, 4.19 for sk_reuseport programs.
  ///
  /// - Throws: ``BPFError/attachRefused(_:)``: `EINVAL` for a socket without `SO_REUSEPORT`.
  public func attach(toReusePortGroupOf socket: CInt) throws(BPFError) {
    try require([.socketReusePort, .socketFilter], for: "reuseport group of socket \(socket)")
    try set(.attachReusePort, socket)
  }

  /// Takes the socket filter off a socket, whichever it is.
  ///
  /// - Throws: `ENOENT` when there is none.
  public func detach(fromSocket socket: CInt) throws(BPFError) { try set(.detachFilter, socket) }

  /// Takes the program off a group of sockets, whichever it is.
  ///
  /// *First kernel*: 5.3.
  ///
  /// - Throws: `ENOENT` when there is none.
  public func detach(fromReusePortGroupOf socket: CInt) throws(BPFError) { try set(.detachReusePort, socket) }

  private func set(_ option: SocketProgramOption, _ socket: CInt) throws(BPFError) {
    let subject = "socket \(socket)"
    do throws(SystemCallError) {
      try descriptor.withNumber { number throws(SystemCallError) in
        try kernel.setProgram(number, option, of: socket, subject: subject)
      }
    } catch {
      guard option == .attachFilter || option == .attachReusePort else { throw .systemCall(error) }
      throw .attachRefused(AttachRefusal(program: spec.name, place: subject, cause: .unknown, error: error))
    }
  }
}
