import Glibc
import LinuxSystem
import Testing

@Suite struct ServiceManagerTests {
  /// A datagram socket that is bound to a name of its own in the abstract name space.
  private struct Listener: ~Copyable {
    let number: CInt
    let name: String

    init() throws {
      name = "@bpf-test-\(UInt64.random(in: .min ... .max))"
      number = socket(AF_UNIX, CInt(SOCK_DGRAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      let path = [0] + Array(name.utf8.dropFirst())
      withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
      let bound = withUnsafePointer(to: address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(number, $0, socklen_t(2 + path.count)) }
      }
      try #require(bound == 0)
    }

    /// The next datagram, which must be there.
    func next() -> String {
      var bytes = [UInt8](repeating: 0, count: 100)
      let count = recv(number, &bytes, bytes.count, CInt(MSG_DONTWAIT))
      return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }

    deinit { close(number) }
  }

  @Test func statesArrive() throws {
    let listener = try Listener()
    let manager = ServiceManager(socketPath: listener.name)
    try manager.notify("READY=1")
    try manager.notify("STOPPING=1")
    #expect(listener.next() == "READY=1")
    #expect(listener.next() == "STOPPING=1")
  }

  @Test(arguments: [
    ("/missing/socket", SystemErrno.noSuchFileOrDirectory),
    (String(repeating: "x", count: 108), SystemErrno(rawValue: ENAMETOOLONG)),
  ])
  func whoDoesNotListenIsNamed(path: String, errno: SystemErrno) throws {
    let error = try #require(throws: SystemCallError.self) { try ServiceManager(socketPath: path).notify("READY=1") }
    #expect(error.errno == errno)
    #expect(error.subject == path)
  }
}
