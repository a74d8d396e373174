import Glibc
import LinuxSystem

/// Sockets on the loopback interface of the network that the thread is in.
enum TestSockets {
  static func make(_ kind: __socket_type) throws -> OwnedDescriptor {
    let number = Glibc.socket(AF_INET, CInt(kind.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
    return try OwnedDescriptor(adopting: check(number, "socket"))
  }

  /// A socket that shares its port with others.
  static func share(_ socket: borrowing OwnedDescriptor) throws {
    var one: CInt = 1
    let answer = socket.withNumber {
      setsockopt($0, SOL_SOCKET, SO_REUSEPORT, &one, socklen_t(MemoryLayout<CInt>.size))
    }
    try check(answer, "setsockopt")
  }

  static func bind(_ socket: borrowing OwnedDescriptor) throws -> UInt16 {
    try withLoopback(port: 0) { address, size in
      try check(socket.withNumber { Glibc.bind($0, address, size) }, "bind")
    }
    var address = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let answer = socket.withNumber { number in
      withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(number, $0, &size) }
      }
    }
    try check(answer, "getsockname")
    return UInt16(bigEndian: address.sin_port)
  }

  static func connect(_ socket: borrowing OwnedDescriptor, port: UInt16) throws {
    try withLoopback(port: port) { address, size in
      try check(socket.withNumber { Glibc.connect($0, address, size) }, "connect")
    }
  }

  /// Both ends of a TCP connection, the one that connected first.
  static func connection() throws -> [CInt] {
    let listener = try make(SOCK_STREAM)
    let port = try bind(listener)
    try check(listener.withNumber { listen($0, 1) }, "listen")
    let client = try make(SOCK_STREAM)
    try connect(client, port: port)
    let server = try OwnedDescriptor(adopting: check(listener.withNumber { accept($0, nil, nil) }, "accept"))
    return [client.disown(), server.disown()]
  }

  /// Sends messages from one socket to another and waits for each.
  static func pass(_ count: Int, size: Int = 5, from sender: CInt, to receiver: CInt) throws {
    let message = [UInt8](repeating: UInt8(ascii: "a"), count: size)
    for _ in 0..<count {
      try check(CInt(clamping: send(sender, message, size, 0)), "send")
      var room = [UInt8](repeating: 0, count: size)
      try check(CInt(clamping: recv(receiver, &room, room.count, 0)), "recv")
    }
  }

  /// Sends datagrams to a socket of one's own and waits for each; `prepare` sees that socket first.
  static func passDatagrams(
    _ count: Int, size: Int = 5, _ prepare: (CInt) throws -> Void = { _ in }
  ) throws {
    let receiver = try make(SOCK_DGRAM)
    try share(receiver)
    let port = try bind(receiver)
    try receiver.withNumber { try prepare($0) }
    let sender = try make(SOCK_DGRAM)
    try connect(sender, port: port)
    try pass(count, size: size, from: sender.withNumber { $0 }, to: receiver.withNumber { $0 })
  }

  private static func withLoopback(port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) throws -> Void) throws {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    try withUnsafePointer(to: &address) {
      try $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        try body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  @discardableResult
  private static func check(_ answer: CInt, _ call: String) throws -> CInt {
    try SystemCallError.check(answer < 0 ? -errno : answer, call, on: "127.0.0.1")
  }
}
