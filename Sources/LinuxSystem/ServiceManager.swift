internal import Glibc

/// The process that supervises this one as a service, and waits to hear how far it is: systemd and its like.
///
/// It names a datagram socket in the environment as `NOTIFY_SOCKET`, by path or, with an `@` in front, in Linux's
/// abstract name space (sd_notify(3)).
public struct ServiceManager: Hashable, Sendable {
  /// The socket as the environment names it.
  public let socketPath: String

  /// The service manager that listens there.
  public init(socketPath: String) { self.socketPath = socketPath }

  /// Sends a line such as `READY=1` or `STOPPING=1`.
  ///
  /// - Throws: `ENAMETOOLONG` when the path does not fit into a socket's address, `ENOENT` and `ECONNREFUSED` when nobody
  ///   listens there.
  public func notify(_ state: String) throws(SystemCallError) {
    try FileSystem.refuseNUL(in: socketPath, "sendto")
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    var path = Array(socketPath.utf8)
    // An abstract name begins with a NUL and has none at its end.
    let isAbstract = path.first == UInt8(ascii: "@")
    if isAbstract { path[0] = 0 }
    let room = MemoryLayout.size(ofValue: address.sun_path)
    try SystemCallError.check(path.count < room ? 0 : -ENAMETOOLONG, "sendto", on: socketPath)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
    let length = (MemoryLayout.offset(of: \sockaddr_un.sun_path) ?? 0) + path.count + (isAbstract ? 0 : 1)
    let number = socket(AF_UNIX, CInt(SOCK_DGRAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
    try SystemCallError.check(number < 0 ? -errno : 0, "socket", on: socketPath)
    defer { close(number) }
    let sent = withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        Array(state.utf8).withUnsafeBytes {
          sendto(number, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL), address, socklen_t(length))
        }
      }
    }
    try SystemCallError.check(sent < 0 ? -errno : 0, "sendto", on: socketPath)
  }
}
