import BPF
import Glibc
import KernelInterface
import KernelTesting
import LinuxSystem
import Testing

@testable import BPFBuild

/// Structs of the kernel whose functions are programs in Swift.
@Suite(.needs(.link(.structOps))) struct StructOperationsTests {
  /// The object with names that no other process gives.
  private static func object(_ names: [String: String]) throws -> BPFObject {
    let path = String(#filePath.dropLast("StructOperationsTests.swift".utf8.count)) + "Programs/operations.bpf.swift"
    var spec = try ObjectSpec(bytes: Build(sources: [path]).object(), name: "operations")
    for (map, name) in names {
      let index = try #require(spec.maps.firstIndex { $0.name == map })
      let operations = try #require(spec.maps[index].structOperations)
      #expect(operations.functions.map(\.offset) == [0, 8, 16])
      #expect(operations.contents[24...].prefix { $0 != 0 } == Array("swift_ops_\(map.first ?? " ")".utf8)[...])
      let text = Array(name.utf8)
      spec.maps[index].structOperations?.contents.replaceSubrange(
        24..., with: text + Array(repeating: 0, count: 16 - text.count))
    }
    return try BPFObject(spec)
  }

  /// The kernel calls the programs for a connection that chooses their way to avoid congestion.
  @Test func areCalledByTheKernel() throws {
    let (linked, registered) = ("swl\(CurrentProcess.id)", "swr\(CurrentProcess.id)")
    let object = try Self.object(["linked": linked, "registered": registered])
    #expect(object.typesRefusal == nil)
    let links = try object.attach()
    defer { Link.close(links) }
    func calls() throws -> [UInt64] {
      let bytes = try object.bytes(ofVariable: "calls")
      return (0..<4).map { word in (0..<8).reduce(0) { $0 | UInt64(bytes[word * 8 + $1]) << UInt64($1 * 8) } }
    }
    #expect(try calls() == [0, 0, 0, 0])
    try Self.converse(by: linked)
    let first = try calls()
    #expect(first[1] > 0)
    #expect(first[3] == 0)
    try Self.converse(by: registered)
    #expect(try calls()[1] > first[1])
  }

  /// Sends a request and an answer over a connection of this machine with itself.
  private static func converse(by way: String) throws {
    func check(_ call: String, _ result: Int) throws {
      if result < 0 { throw SystemCallError(call: call, subject: way, errno: .init(rawValue: errno)) }
    }
    func open() throws -> Int32 {
      let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      try check("socket", Int(socket))
      return socket
    }
    let listener = try open()
    defer { close(listener) }
    let client = try open()
    defer { close(client) }
    try check("setsockopt", Int(setsockopt(client, Int32(IPPROTO_TCP), 13, way, socklen_t(way.utf8.count))))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    try withUnsafeMutablePointer(to: &address) { pointer in
      try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        try check("bind", Int(bind(listener, address, size)))
        try check("listen", Int(listen(listener, 1)))
        try check("getsockname", Int(getsockname(listener, address, &size)))
        try check("connect", Int(connect(client, address, size)))
      }
    }
    let server = accept(listener, nil, nil)
    try check("accept", Int(server))
    defer { close(server) }
    var byte: UInt8 = 1
    // The answer acknowledges the request.
    try check("write", write(client, &byte, 1))
    try check("read", read(server, &byte, 1))
    try check("write", write(server, &byte, 1))
    try check("read", read(client, &byte, 1))
  }
}
